import { ClosedError } from './failure.js';
import { LinkState } from './link-state.js';
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
  /** @type {{ sdp: string, answer: Promise<string> } | null} The offer that is being answered, and its answer, which may come ahead of the tracks. */
  #answering = null;
  /** @type {Promise<string> | null} The own offer that was made ahead of its tracks. */
  #offered = null;
  /** What is made ahead begins when this is over. */
  #devicesFirst = Promise.resolve();
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

  /** Nothing waits until the tracks are in their senders: no description depends on it. @param {LocalMedia} media */
  attach(media) {
    if (this.#media !== media) this.#media?.removeSender(this);
    this.#media = media;
    void media.addSender(this);
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

  /** Sends nothing at all, or what there is: Firefox goes on sending where a track was taken away. @param {boolean} rest */
  async rest(rest) {
    await this.#sections.rest(rest);
  }

  /** @param {boolean} play */
  playRemote(play) {
    this.#plays = play;
    for (const track of this.#remote.getTracks()) track.enabled = play;
  }

  /** Makes and sets the offer, while the devices still open: tracks join it without another one. */
  prepareOffer() {
    this.#devicesFirst = pause();
    this.#offered = this.#devicesFirst.then(() => {
      this.#sections.completeForOffer(this.#media?.sent);
      return this.#offer(false);
    });
    this.#offered.catch(() => {}); // Thrown by createOffer.
  }

  /** @param {boolean} iceRestart */
  async createOffer(iceRestart) {
    const offered = this.#offered;
    this.#offered = null;
    this.#sections.completeForOffer(this.#media?.sent);
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
   * Makes and sets the answer, while the devices still open: tracks join it without another one.
   * @param {string} sdp
   * @param {RTCIceCandidateInit[]} candidates
   */
  prepareAnswer(sdp, candidates) {
    this.#devicesFirst = pause();
    this.#answering = { sdp, answer: this.#devicesFirst.then(() => this.#answer(sdp)) };
    this.#answering.answer.catch(() => {}); // Thrown by answerOffer.
    this.addCandidates(candidates);
  }

  /** @param {string} sdp */
  async answerOffer(sdp) {
    const prepared = this.#answering;
    if (prepared && prepared.sdp !== sdp) await prepared.answer.catch(() => {}); // One description at a time.
    const answering = prepared?.sdp === sdp ? prepared : { sdp, answer: this.#answer(sdp) };
    this.#answering = answering;
    let answer;
    try {
      answer = await answering.answer;
    } finally {
      this.#answering = null;
    }
    if (this.#sections.video) this.#videoIsNew = false;
    this.#askForNegotiation();
    return answer;
  }

  /** @param {string} sdp @returns {Promise<string>} */
  async #answer(sdp) {
    await this.#alive(this.#connection.setRemoteDescription({ type: 'offer', sdp }));
    this.#sections.adoptFromOffer();
    this.#sections.group(this.#sentTogether);
    this.#media?.feed(this);
    const answer = await this.#alive(this.#connection.createAnswer());
    await this.#alive(this.#connection.setLocalDescription(answer));
    return /** @type {string} */ (answer.sdp);
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
    await this.#devicesFirst;
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

  /** Only what came after the description counts: a peer that answered without our video is not asked twice. */
  #askForNegotiation() {
    const settled = !this.#answering && this.#connection.signalingState === 'stable' && this.#connection.currentRemoteDescription !== null;
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
    new LinkState(connection, options.signal, (state, needsNewSession) => {
      this.#raise({ kind: 'state', state, needsNewSession });
      if (state === 'connected') this.#sharpenLater();
    });
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

/**
 * getUserMedia comes back to the page's thread twice before the devices begin to open. What else a call has to do then is done while they open.
 * @returns {Promise<void>}
 */
function pause() {
  return new Promise(resolve => setTimeout(resolve, 8));
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
