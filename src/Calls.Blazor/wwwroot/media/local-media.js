import { ClosedError, InsecureOriginError, NotSupportedError, failure } from './failure.js';
import { Preview } from './preview.js';

/**
 * @typedef {'off' | 'camera' | 'screen'} Video
 * @typedef {{ width: number, height: number, frameRate: number }} CameraQuality
 * @typedef {{ video: boolean, muted: boolean, quality: CameraQuality }} OpenRequest
 * @typedef {{ video: Video, videoFailure: { name: string, message: string } | null, sharesScreen: boolean }} Opened
 * @typedef {{ sendAudio(track: MediaStreamTrack | null): Promise<void>, sendVideo(track: MediaStreamTrack | null): Promise<void>, rest(rest: boolean): Promise<void>, playRemote(play: boolean): void }} Sender
 */

/** The open devices of one call. They outlive a session, so sessions come and go as senders. */
export class LocalMedia {
  preview = new Preview();
  /** @type {MediaStreamTrack | null} */
  audio = null;
  /** @type {MediaStreamTrack | null} */
  video = null;

  /** @type {Set<Sender>} */
  #senders = new Set();
  #closing = new AbortController();
  #muted = false;
  #isScreen = false;
  #sharpened = false;
  #held = false;
  #videoTurn = 0;
  #audioTurn = 0;
  /** @type {CameraQuality | undefined} */
  #quality;
  #devices;
  #raise;

  /** @param {import('./devices.js').Devices} devices @param {(event: import('./event-pump.js').EngineEvent) => void} raise */
  constructor(devices, raise) {
    this.#devices = devices;
    this.#raise = raise;
  }

  /**
   * @param {OpenRequest} request
   * @returns {Promise<Opened>}
   */
  async open(request) {
    this.#quality = request.quality;
    this.#muted = request.muted;
    const { tracks, videoFailure } = await this.#openDevices(request.video);
    if (this.#closed) {
      tracks.forEach(track => track.stop());
      throw new ClosedError();
    }
    for (const track of tracks) {
      if (track.kind === 'audio') this.#takeAudio(track);
      else await this.#takeVideo(track);
    }
    this.#devices.add(this);
    return { video: this.video ? 'camera' : 'off', videoFailure, sharesScreen: !!navigator.mediaDevices.getDisplayMedia };
  }

  /** @param {boolean} muted */
  setMuted(muted) {
    this.#muted = muted;
    if (this.audio) this.audio.enabled = !muted;
  }

  /**
   * The last wish wins: a prompt that is still open when another wish comes is given up, and its track stopped when it comes late.
   * @param {Video} video
   * @returns {Promise<boolean>} whether this was the last wish
   */
  async setVideo(video) {
    const turn = ++this.#videoTurn;
    const track = video === 'off' ? null : await this.#openVideo(video);
    if (this.#closed || turn !== this.#videoTurn) {
      track?.stop();
      if (this.#closed) throw new ClosedError();
      return false;
    }
    await this.#takeVideo(track, video === 'screen');
    return true;
  }

  /** Sends what is chosen now in place of what was; the last choice wins. @param {import('./devices.js').DeviceKind} kind */
  async useDevice(kind) {
    if (kind === 'camera' && this.video && !this.#isScreen) await this.setVideo('camera');
    if (kind !== 'microphone') return;
    const turn = ++this.#audioTurn;
    const track = first(await this.#capture({ audio: this.#microphone }));
    if (this.#closed || turn !== this.#audioTurn) {
      track.stop();
      return;
    }
    const before = this.audio;
    this.#takeAudio(track);
    await Promise.allSettled([...this.#senders].map(sender => sender.sendAudio(this.sent.audio)));
    before?.stop();
  }

  /** @param {import('./devices.js').DeviceKind} kind */
  fellBack(kind) {
    this.#raise({ kind: 'device-replaced', device: kind });
  }

  /** While held nothing is sent, not even silence, and nothing that arrives is played; the devices stay open. @param {boolean} hold */
  async setHold(hold) {
    this.#held = hold;
    await Promise.all([...this.#senders].map(sender => Promise.all([this.feed(sender), sender.rest(hold)])));
  }

  /** What is to be sent now. */
  get sent() {
    return this.#held ? { audio: null, video: null } : { audio: this.audio, video: this.video };
  }

  cancelVideo() {
    this.#videoTurn++;
  }

  /** @param {Sender} sender */
  addSender(sender) {
    this.#senders.add(sender);
    return this.feed(sender);
  }

  /** Gives a sender what it has to send now; completes when it has it, or is closed. @param {Sender} sender */
  async feed(sender) {
    sender.playRemote(!this.#held);
    const { audio, video } = this.sent;
    await Promise.allSettled([sender.sendAudio(audio), sender.sendVideo(video)]);
  }

  /** @param {Sender} sender */
  removeSender(sender) {
    this.#senders.delete(sender);
  }

  close() {
    this.#closing.abort();
    this.#devices.remove(this);
    this.#senders.clear();
    this.preview.close();
    this.audio?.stop();
    this.video?.stop();
  }

  get #closed() {
    return this.#closing.signal.aborted;
  }

  /**
   * One prompt for both where it can be; without the camera where it is missing or refused.
   * @param {boolean} video
   */
  async #openDevices(video) {
    if (!video) return { tracks: await this.#capture({ audio: this.#microphone }), videoFailure: null };
    try {
      return { tracks: await this.#capture({ audio: this.#microphone, video: this.#camera }), videoFailure: null };
    } catch (error) {
      if (this.#closed) throw new ClosedError();
      return { tracks: await this.#capture({ audio: this.#microphone }), videoFailure: failure(error) };
    }
  }

  /** @param {'camera' | 'screen'} video */
  async #openVideo(video) {
    if (video === 'camera') return first(await this.#capture({ video: this.#camera }));
    if (!navigator.mediaDevices?.getDisplayMedia) throw new NotSupportedError('This browser cannot share a screen.');
    return first((await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false })).getTracks());
  }

  /** @param {MediaStreamConstraints} constraints */
  async #capture(constraints) {
    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) throw new InsecureOriginError();
    return (await navigator.mediaDevices.getUserMedia(constraints)).getTracks();
  }

  get #camera() {
    return { facingMode: 'user', ...this.#pictureOf(this.#sharpened ? 1 : firstPicture), ...this.#only('camera') };
  }

  get #microphone() {
    return { ...microphone, ...this.#only('microphone') };
  }

  /** @param {import('./devices.js').DeviceKind} kind */
  #only(kind) {
    const id = this.#devices.chosen(kind);
    return id === null ? {} : { deviceId: { exact: id } };
  }

  /** @param {number} part */
  #pictureOf(part) {
    const { width, height, frameRate } = this.#quality ?? { width: 1280, height: 720, frameRate: 30 };
    return { width: { ideal: Math.round(width * part) }, height: { ideal: Math.round(height * part) }, frameRate: { ideal: frameRate } };
  }

  /** Gives the camera its whole picture, now that the small one has arrived; a camera that cannot stays as it is. */
  sharpen() {
    this.#sharpened = true;
    if (this.video && !this.#isScreen) void this.video.applyConstraints(this.#pictureOf(1)).catch(() => {});
  }

  /** @param {MediaStreamTrack} track */
  #takeAudio(track) {
    track.enabled = !this.#muted;
    this.audio = track;
    this.#whenLost(track, () => void this.#loseAudio(track));
  }

  /** @param {MediaStreamTrack | null} track @param {boolean} [isScreen] */
  async #takeVideo(track, isScreen = false) {
    const before = this.video;
    this.video = track;
    this.#isScreen = isScreen;
    if (track) {
      if (isScreen) track.contentHint = 'detail';
      this.#whenLost(track, () => void this.#loseVideo(track, isScreen));
    }
    this.preview.show(track);
    await Promise.allSettled([...this.#senders].map(sender => sender.sendVideo(this.sent.video)));
    before?.stop(); // Last, so that the other side sees no black picture in between.
  }

  /** @param {MediaStreamTrack} track */
  async #loseAudio(track) {
    if (this.audio === track && !(await this.#devices.fallBack('microphone'))) this.#raise({ kind: 'microphone-lost' });
  }

  /** @param {MediaStreamTrack} track @param {boolean} wasScreen */
  async #loseVideo(track, wasScreen) {
    if (this.video !== track || (!wasScreen && (await this.#devices.fallBack('camera')))) return;
    this.#videoTurn++;
    await this.#takeVideo(null);
    this.#raise({ kind: 'video-lost', unplugged: !wasScreen });
  }

  /** 'ended' comes only where nobody called stop(). @param {MediaStreamTrack} track @param {() => void} act */
  #whenLost(track, act) {
    track.addEventListener('ended', act, { once: true, signal: this.#closing.signal });
  }
}

/** A call begins with a picture of this share of the width: its first frame, a quarter of the pixels, is there sooner on a way of unknown breadth. */
const firstPicture = 0.5;

const microphone = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** @param {MediaStreamTrack[]} tracks */
function first(tracks) {
  const track = tracks[0];
  if (!track) throw new DOMException('The browser gave no track.', 'NotFoundError');
  return track;
}
