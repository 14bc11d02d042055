/**
 * Shows the remote stream: its picture in a muted video element, its sound in an audio element of its own. Tracks that come later join the
 * same stream, so the elements are attached once.
 */
export class Playback {
  #stream;
  #devices;
  #raise;
  /** @type {HTMLVideoElement | null} */
  #video = null;
  /** @type {HTMLAudioElement | null} */
  #audio = null;
  /** The elements that the browser does not let play. @type {Set<HTMLMediaElement>} */
  #blocked = new Set();
  #listening = new AbortController();
  #waiting = new AbortController();

  /**
   * @param {MediaStream} stream
   * @param {import('./devices.js').Devices} devices
   * @param {(event: import('./event-pump.js').EngineEvent) => void} raise
   */
  constructor(stream, devices, raise) {
    this.#stream = stream;
    this.#devices = devices;
    this.#raise = raise;
    this.#listening.abort();
  }

  /** Attaching the same elements again sets and plays them anew. @param {HTMLVideoElement} video @param {HTMLAudioElement} audio */
  attach(video, audio) {
    if (this.#video !== video) this.close();
    this.#video = video;
    this.#audio = audio;
    video.muted = true; // The attribute alone does not mute an element that a script made.
    this.#awaitPicture(video);
    video.srcObject = this.#stream;
    audio.srcObject = this.#stream;
    this.#devices.add(this);
    if (this.#devices.chosen('speaker') !== null) void this.useDevice('speaker').catch(() => {}); // One that is gone by now: the default plays.
    this.#play();
  }

  /** @param {import('./devices.js').DeviceKind} kind */
  async useDevice(kind) {
    if (kind === 'speaker') await this.#audio?.setSinkId(this.#devices.chosen('speaker') ?? '');
  }

  fellBack() {}

  /** Lets go of the elements. */
  close() {
    this.#devices.remove(this);
    this.#waiting.abort();
    for (const element of this.#elements) {
      element.srcObject = null;
      this.#unblock(element);
    }
    this.#video = null;
    this.#audio = null;
  }

  get #elements() {
    return [this.#video, this.#audio].filter(element => element !== null);
  }

  /** The first picture comes some time after the connection. @param {HTMLVideoElement} video */
  #awaitPicture(video) {
    this.#waiting.abort();
    this.#waiting = new AbortController();
    const look = () => {
      if (video.videoWidth === 0) return; // Sound alone has loaded.
      this.#waiting.abort();
      this.#raise({ kind: 'picture' });
    };
    for (const sign of ['loadeddata', 'resize', 'playing']) video.addEventListener(sign, look, { signal: this.#waiting.signal });
  }

  #play() {
    for (const element of this.#elements) {
      element.play().then(() => this.#unblock(element), error => {
        // Any other failure means that the element was taken away or attached again meanwhile.
        if (error.name === 'NotAllowedError' && this.#elements.includes(element)) this.#block(element);
      });
    }
  }

  /** @param {HTMLMediaElement} element */
  #block(element) {
    this.#blocked.add(element);
    if (!this.#listening.signal.aborted) return;
    this.#raise({ kind: 'playback', blocked: true });
    // Some browsers count only what happens inside the gesture itself; the way through C# and back is too late for them.
    this.#listening = new AbortController();
    document.addEventListener('click', () => this.#play(), { capture: true, signal: this.#listening.signal });
  }

  /** @param {HTMLMediaElement} element */
  #unblock(element) {
    if (!this.#blocked.delete(element) || this.#blocked.size > 0) return;
    this.#listening.abort();
    this.#raise({ kind: 'playback', blocked: false });
  }
}
