// Runs in every page before its own scripts: keeps what the tests ask about, and changes nothing that the page can see.
(() => {
  const byTestId = id => document.querySelector(`[data-testid="${id}"]`);
  const probe = {
    peers: [], tracks: [], mediaRequests: [], states: [], ends: [],
    videoNodes: new Set(), audioNodes: new Set(), streams: new Set(),
    frames: 0, calledAt: 0, connectedAt: 0, firstFrameAt: 0, autoAccept: false, accepted: false,
    byTestId,

    /** Forgets what belongs to one call. */
    reset() {
      Object.assign(probe, { peers: [], tracks: [], mediaRequests: [], states: [], ends: [], frames: 0, calledAt: 0, connectedAt: 0, firstFrameAt: 0 });
      probe.videoNodes.clear();
      probe.audioNodes.clear();
      probe.streams.clear();
      look([]);
    },

    /** The brightest and the darkest value of the remote picture, 0 to 255. */
    picture() {
      const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
      const context = canvas.getContext('2d');
      context.drawImage(byTestId('remote-video'), 0, 0, canvas.width, canvas.height);
      const values = context.getImageData(0, 0, canvas.width, canvas.height).data.filter((_, index) => index % 4 !== 3);
      return [values.reduce((a, b) => Math.max(a, b), 0), values.reduce((a, b) => Math.min(a, b), 255)];
    },

    /** The sound that was received and played since the call began: the root mean square, 0 to 1; RTCInboundRtpStreamStats. */
    async sound() {
      const stats = [...(await probe.peers.at(-1).getStats()).values()].find(one => one.type === 'inbound-rtp' && one.kind === 'audio');
      return stats?.totalSamplesDuration ? Math.sqrt(stats.totalAudioEnergy / stats.totalSamplesDuration) : 0;
    },

    /** The bytes of sound or picture that were sent. */
    async sent(kind) {
      const stats = [...(await probe.peers.at(-1).getStats()).values()].find(one => one.type === 'outbound-rtp' && one.kind === kind);
      return stats?.bytesSent ?? 0;
    },
  };
  Object.defineProperty(window, 'probe', { value: probe });

  const RealPeer = window.RTCPeerConnection;
  window.RTCPeerConnection = class RTCPeerConnection extends RealPeer {
    constructor(...parameters) {
      super(...parameters);
      probe.peers.push(this);
    }
  };

  if (window.MediaDevices) {
    const open = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async function getUserMedia(constraints) {
      probe.mediaRequests.push(Object.keys(constraints).filter(kind => constraints[kind]).sort().join('+'));
      const stream = await open.call(this, constraints);
      probe.tracks.push(...stream.getTracks());
      return stream;
    };
    const clone = MediaStreamTrack.prototype.clone;
    MediaStreamTrack.prototype.clone = function cloneTrack() {
      const track = clone.call(this);
      probe.tracks.push(track);
      return track;
    };
  }

  const note = (list, value) => {
    if (value !== undefined && list.at(-1) !== value)
      list.push(value);
  };

  const countFrames = video => video.requestVideoFrameCallback(function frame() {
    probe.frames++;
    probe.firstFrameAt ||= performance.now();
    probe.streams.add(video.srcObject);
    video.requestVideoFrameCallback(frame);
  });

  const watched = new WeakSet();

  function look(records) {
    const state = byTestId('call-state');
    for (const record of records) {
      if (record.type === 'characterData' && record.target.parentElement === state)
        note(probe.states, record.oldValue);
    }
    note(probe.states, state?.textContent);
    if (state?.textContent === 'connected')
      probe.connectedAt ||= performance.now();
    note(probe.ends, byTestId('call-end')?.dataset.reason);

    const video = byTestId('remote-video');
    if (video)
      probe.videoNodes.add(video);
    if (video && !watched.has(video)) {
      watched.add(video);
      countFrames(video);
    }
    const audio = byTestId('remote-audio');
    if (audio)
      probe.audioNodes.add(audio);
    if (audio?.srcObject)
      probe.streams.add(audio.srcObject);

    const accept = byTestId('accept');
    if (!accept || accept.closest('[hidden]'))
      probe.accepted = false;
    else if (probe.autoAccept && !probe.accepted && !accept.disabled) {
      probe.accepted = true;
      accept.click();
    }
  }

  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, characterData: true, characterDataOldValue: true, attributes: true, attributeFilter: ['data-reason', 'disabled', 'hidden'],
  });
  document.addEventListener('click', () => { probe.calledAt ||= performance.now(); }, { capture: true });
})();
