// What the Blazor runtime is to the media module: objects by number, and functions called by name. Beside it, a view of the devices.
(() => {
  const objects = new Map();
  let last = 0;

  const given = value => (value && typeof value === 'object' && '__sink' in value ? { invokeMethodAsync: (...call) => window.callDotNet(JSON.stringify(call)) } : value);

  window.bridge = {
    async call(id, name, json, keeps) {
      const args = JSON.parse(json).map(given);
      const result = id === 0 ? await import(new URL(args[0], document.baseURI).href) : await objects.get(id)[name](...args);
      if (!keeps) return JSON.stringify(result ?? null);
      objects.set(++last, result);
      return String(last);
    },
  };

  const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const devices = { openings: 0, tracks: [], running: new Set(), unplugged: new Set(), denied: false, noCamera: false, prompt: null, answer: null };
  const live = () => devices.tracks.find(track => track.kind === 'audio' && track.readyState === 'live');
  const enumerate = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
  navigator.mediaDevices.enumerateDevices = async () => (await enumerate()).filter(one => !devices.unplugged.has(one.deviceId));
  window.devices = {
    get open() { return devices.tracks.filter(track => track.readyState === 'live').length; },
    get openings() { return devices.openings; },
    get givesSound() { return devices.tracks.some(track => track.kind === 'audio' && track.readyState === 'live' && track.enabled); },
    get microphone() { return live()?.getSettings().deviceId ?? null; },
    unplugMicrophone() {
      const track = live();
      devices.unplugged.add(track.getSettings().deviceId);
      track.stop(); // The event comes only where nobody called stop.
      track.dispatchEvent(new Event('ended'));
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    },
    deny() { devices.denied = true; },
    removeCamera() { devices.noCamera = true; },
    leavePromptOpen() { devices.prompt = new Promise(resolve => { devices.answer = resolve; }); },
    async answerPrompt() {
      devices.answer();
      await Promise.allSettled(devices.running);
    },
  };

  navigator.mediaDevices.getUserMedia = constraints => {
    const opening = open(constraints);
    devices.running.add(opening);
    return opening;
  };

  async function open(constraints) {
    devices.openings++;
    await devices.prompt;
    if (devices.denied && constraints.audio) throw new DOMException('The user said no.', 'NotAllowedError');
    if (devices.noCamera && constraints.video) throw new DOMException('There is no camera.', 'NotFoundError');
    const stream = await capture(constraints);
    devices.tracks.push(...stream.getTracks());
    return stream;
  }
})();
