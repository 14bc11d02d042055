import { ClosedError } from './failure.js';
import { Playback } from './playback.js';
import { Sections } from './sections.js';
import { summarize } from './statistics.js';

/**
 * @typedef {import('./local-media.js').LocalMedia} LocalMedia
 * @typedef {{ iceServers: RTCIceServer[], relayOnly: boolean }} SessionOptions
 */

/** One peer connection. */
export class Session {
  playback;

  /** @type {LocalMedia | null} */
  #media = null;
  #closing = new AbortController();
  #raise;
  #connection;
  #sections;
  #remote = new MediaStream();
  /** Groups both tracks for the other side; a plain client reads its remote stream from this. It stays empty here. */
  #sentTogether = new MediaStream();
  #remoteRaised = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #sharpening;
  #plays = true;
  /** @type {{ sdp: string, done: Promise<void> } | null} The offer that was set ahead of its answer. */
  #prepared = null;
  /** @type {Promise<string> | null} The own offer that was made ahead of its tracks. */
  #offered = null;
  /** Whether video was turned on after the description that is under way was made. */
  #videoIsNew = false;

  /**
   * @param {SessionOptions} options
   * @param {import('./devices.js').Devices} devices
   * @param {(event: import('./event-pump.js').EngineEvent) => void} raise
   */
  constructor(options, devices, raise) {
    this.#raise = raise;
    this.playback = new Playback(this.#remote, devices, raise);
    this.#connection = new RTCPeerConnection({
      iceServers: options.iceServers,
      bundlePolicy: 'max-bundle',
      ...(options.relayOnly ? { iceTransportPolicy: 'relay' } : {}),
    });
    this.#sections = new Sections(this.#connection);
    this.#listen();
  }

  /** @param {LocalMedia} media */
  async attach(media) {
    if (this.#media !== media) this.#media?.removeSender(this);
    this.#media = media;
    await media.addSender(this);
  }

  /** @param {MediaStreamTrack | null} track */
  async sendAudio(track) {
    await this.#sections.audio?.sender.replaceTrack(track);
  }

  /** @param {MediaStreamTrack | null} track */
  async sendVideo(track) {
    this.#videoIsNew = track !== null;
    await this.#sections.video?.sender.replaceTrack(track);
    this.#askForNegotiation();
  }

  /** @param {boolean} play */
  playRemote(play) {
    this.#plays = play;
    for (const track of this.#remote.getTracks()) track.enabled = play;
  }

  /** Makes and sets the offer, while the devices still open: tracks join it without another one. */
  prepareOffer() {
    this.#sections.completeForOffer();
    this.#offered = this.#offer(false);
    this.#offered.catch(() => {}); // Thrown by createOffer.
  }

  /** @param {boolean} iceRestart */
  async createOffer(iceRestart) {
    const offered = this.#offered;
    this.#offered = null;
    this.#sections.completeForOffer(this.#media?.sent);
    await this.#sendAll();
    this.#videoIsNew = false;
    return offered ?? this.#offer(iceRestart);
  }

  /** @param {boolean} iceRestart @returns {Promise<string>} */
  async #offer(iceRestart) {
    this.#sections.group(this.#sentTogether);
    const offer = await this.#alive(this.#connection.createOffer({ iceRestart }));
    await this.#alive(this.#connection.setLocalDescription(offer));
    return /** @type {string} */ (offer.sdp);
  }

  /**
   * Sets the offer that is going to be answered, while the devices still open.
   * @param {string} sdp
   * @param {RTCIceCandidateInit[]} candidates
   */
  prepareAnswer(sdp, candidates) {
    this.#prepared = { sdp, done: this.#connection.setRemoteDescription({ type: 'offer', sdp }) };
    this.#prepared.done.catch(() => {}); // Thrown by answerOffer.
    this.addCandidates(candidates);
  }

  /** @param {string} sdp */
  async answerOffer(sdp) {
    const prepared = this.#prepared?.sdp === sdp ? this.#prepared.done : null;
    this.#prepared = null;
    await this.#alive(prepared ?? this.#connection.setRemoteDescription({ type: 'offer', sdp }));
    this.#sections.adoptFromOffer();
    this.#sections.group(this.#sentTogether);
    const sending = this.#sendAll();
    if (this.#sections.video) this.#videoIsNew = false;
    const [answer] = await Promise.all([this.#alive(this.#connection.createAnswer()), sending]);
    await this.#alive(this.#connection.setLocalDescription(answer));
    this.#askForNegotiation();
    return answer.sdp;
  }

  /** @param {string} sdp */
  async takeAnswer(sdp) {
    await this.#alive(this.#connection.setRemoteDescription({ type: 'answer', sdp }));
    this.#askForNegotiation();
  }

  async rollback() {
    if (this.#connection.signalingState === 'have-local-offer')
      await this.#alive(this.#connection.setLocalDescription({ type: 'rollback' }));
  }

  /** @param {RTCIceCandidateInit[]} candidates @returns {Promise<number>} how many the browser did not take */
  async addCandidates(candidates) {
    // The connection chains its operations, so the order is kept without a turn of the event loop for each.
    const results = await Promise.allSettled(candidates.map(candidate => this.#connection.addIceCandidate(candidate)));
    return results.filter(result => result.status === 'rejected').length;
  }

  async statistics() {
    return summarize(await this.#connection.getStats());
  }

  close() {
    this.#closing.abort();
    clearTimeout(this.#sharpening);
    this.#media?.removeSender(this);
    this.#media = null;
    this.playback.close();
    this.#connection.close();
    for (const track of this.#remote.getTracks()) {
      track.stop();
      this.#remote.removeTrack(track);
    }
  }

  async #sendAll() {
    const { audio, video } = this.#sections;
    await this.#alive(Promise.all([send(audio, this.#media?.sent.audio), send(video, this.#media?.sent.video)]));
  }

  /** Only what came after the description counts: a peer that answered without our video is not asked twice. */
  #askForNegotiation() {
    const settled = this.#connection.signalingState === 'stable' && this.#connection.currentRemoteDescription !== null;
    if (!settled || !this.#videoIsNew) return;
    this.#videoIsNew = false;
    if (!this.#sections.sendsVideo) this.#raise({ kind: 'negotiation-needed' });
  }

  #listen() {
    const connection = this.#connection;
    const options = { signal: this.#closing.signal };
    connection.addEventListener('icecandidate', ({ candidate }) => {
      // The end of a generation is an empty candidate on the wire; browsers say it with null, some with an empty one before.
      if (!candidate) this.#raise({ kind: 'candidates', candidates: [{ candidate: '' }] });
      else if (candidate.candidate !== '') this.#raise({ kind: 'candidates', candidates: [candidate.toJSON()] });
    }, options);
    connection.addEventListener('connectionstatechange', () => {
      this.#raise({ kind: 'state', state: connection.connectionState });
      if (connection.connectionState === 'connected') this.#sharpenLater();
    }, options);
    connection.addEventListener('track', ({ track }) => {
      track.enabled = this.#plays;
      this.#remote.addTrack(track);
      if (this.#remoteRaised) return;
      this.#remoteRaised = true;
      this.#raise({ kind: 'remote-stream', streamId: this.#remote.id });
    }, options);
  }

  #sharpenLater() {
    clearTimeout(this.#sharpening);
    this.#sharpening = setTimeout(() => this.#media?.sharpen(), sharpenAfter);
  }

  /**
   * @template T
   * @param {Promise<T>} operation
   */
  async #alive(operation) {
    const { signal } = this.#closing;
    try {
      const result = await Promise.race([operation, closed(signal)]);
      if (!signal.aborted) return /** @type {T} */ (result);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    throw new ClosedError();
  }
}

/** How long after the connection the camera gives its whole picture, in milliseconds. */
const sharpenAfter = 2000;

/** @param {RTCRtpTransceiver | null} section @param {MediaStreamTrack | null | undefined} track */
async function send(section, track) {
  if (section && section.sender.track !== (track ?? null)) await section.sender.replaceTrack(track ?? null);
}

/**
 * The promises of a closed connection never settle.
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function closed(signal) {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
