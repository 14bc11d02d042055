// The browser's person: speaks with a tone of 440 Hz in place of the fake microphone's beeps, and listens to and looks at what comes.
(() => {
  const context = new AudioContext();
  const capture = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async constraints => {
    const stream = await capture(constraints);
    for (const track of stream.getAudioTracks()) {
      track.stop();
      stream.removeTrack(track);
      const tone = new OscillatorNode(context, { frequency: 440 });
      const voice = new GainNode(context, { gain: 0.3 });
      const microphone = context.createMediaStreamDestination();
      tone.connect(voice).connect(microphone);
      tone.start();
      stream.addTrack(microphone.stream.getAudioTracks()[0]);
    }
    return stream;
  };

  const analyser = new AnalyserNode(context, { fftSize: 8192 });
  const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true });
  const audio = Object.assign(document.createElement('audio'), { autoplay: true });
  const listener = {
    peers: [], frames: 0,

    /** The strongest frequency that is heard, in Hz; 0: silence. */
    frequency() {
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      const strongest = bins.indexOf(bins.reduce((one, other) => Math.max(one, other), -Infinity));
      return bins[strongest] > -60 ? strongest * context.sampleRate / analyser.fftSize : 0;
    },

    /** The brightest and the darkest value of the picture that is shown, 0 to 255. */
    picture() {
      const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
      const pen = canvas.getContext('2d');
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      const values = pen.getImageData(0, 0, canvas.width, canvas.height).data.filter((_, index) => index % 4 !== 3);
      return [values.reduce((a, b) => Math.max(a, b), 0), values.reduce((a, b) => Math.min(a, b), 255)];
    },

    /** The state of the keys; the only one that tells that the other side closed. */
    get keys() { return listener.peers.at(-1).getReceivers()[0].transport.state; },

    /** What is counted of the pictures that come. */
    async pictures() {
      return find('inbound-rtp');
    },

    /** The same of those that go. */
    async sentPictures() {
      return find('outbound-rtp');
    },
  };
  window.listener = listener;

  async function find(type) {
    return [...(await listener.peers.at(-1).getStats()).values()].find(one => one.type === type && one.kind === 'video');
  }

  function hear(track) {
    const stream = new MediaStream([track]);
    if (track.kind === 'video') {
      video.srcObject = stream;
      return;
    }
    // A stream that no element plays gives nothing to the analyser.
    audio.srcObject = stream;
    context.createMediaStreamSource(stream).connect(analyser);
  }

  video.requestVideoFrameCallback(function frame() {
    listener.frames++;
    video.requestVideoFrameCallback(frame);
  });

  const RealPeer = window.RTCPeerConnection;
  window.RTCPeerConnection = class RTCPeerConnection extends RealPeer {
    constructor(...parameters) {
      super(...parameters);
      listener.peers.push(this);
      this.addEventListener('track', ({ track }) => hear(track));
    }
  };
})();
