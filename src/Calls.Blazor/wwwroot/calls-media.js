// The browser's WebRTC for Calls.Blazor. One engine per media source; C# names devices and sessions by numbers that it chose before the
// call, so that a call which is still under way can be cancelled. Every function answers { value } or { error: { name, message } }.
import { Devices } from './media/devices.js';
import { EventPump } from './media/event-pump.js';
import { LocalMedia } from './media/local-media.js';
import { Session } from './media/session.js';
import { failure, ClosedError } from './media/failure.js';

/**
 * @typedef {import('./media/event-pump.js').Sink} Sink
 * @typedef {{ close(): void }} Closable
 */

/** The number of what belongs to no call; C# counts the others from 1. */
const everyCall = 0;

/** @param {Sink} sink what hears of everything that happens without being asked for */
export function createEngine(sink) {
  return new Engine(sink);
}

class Engine {
  /** @type {Map<number, Closable>} */
  #things = new Map();
  #pump;
  #devices;

  /** @param {Sink} sink */
  constructor(sink) {
    this.#pump = new EventPump(sink);
    this.#devices = new Devices(event => this.#pump.push(everyCall, event));
  }

  devices() {
    return answer(() => this.#devices.list());
  }

  /** @param {import('./media/devices.js').DeviceKind} kind @param {string | null} id */
  choose(kind, id) {
    return answer(() => this.#devices.choose(kind, id));
  }

  /**
   * Opens the devices of one call.
   * @param {number} id
   * @param {import('./media/local-media.js').OpenRequest} request
   */
  open(id, request) {
    return answer(async () => {
      const media = new LocalMedia(this.#devices, event => this.#pump.push(id, event));
      this.#things.set(id, media);
      try {
        return await media.open(request);
      } catch (error) {
        this.#forget(id);
        throw error;
      }
    });
  }

  /** @param {number} id @param {boolean} muted */
  setMuted(id, muted) {
    return answer(() => this.#media(id).setMuted(muted));
  }

  /** @param {number} id @param {import('./media/local-media.js').Video} video */
  setVideo(id, video) {
    return answer(() => this.#media(id).setVideo(video));
  }

  /** @param {number} id @param {boolean} hold */
  setHold(id, hold) {
    return answer(() => this.#media(id).setHold(hold));
  }

  /** Gives up a setVideo that still waits for the user. @param {number} id */
  cancelVideo(id) {
    return answer(() => this.#media(id).cancelVideo());
  }

  /** Shows what this side sends. @param {number} id @param {HTMLVideoElement} video */
  attachPreview(id, video) {
    return answer(() => this.#media(id).preview.attach(video));
  }

  /**
   * Makes exactly one peer connection and opens no device.
   * @param {number} id
   * @param {import('./media/session.js').SessionOptions} options
   */
  connect(id, options) {
    return answer(() => {
      this.#things.set(id, new Session(options, this.#devices, event => this.#pump.push(id, event)));
    });
  }

  /** @param {number} id @param {number} mediaId */
  attach(id, mediaId) {
    return answer(() => this.#session(id).attach(this.#media(mediaId)));
  }

  /** @param {number} id */
  prepareOffer(id) {
    return answer(() => this.#session(id).prepareOffer());
  }

  /** @param {number} id @param {boolean} iceRestart */
  createOffer(id, iceRestart) {
    return answer(() => this.#session(id).createOffer(iceRestart));
  }

  /** @param {number} id @param {string} sdp @param {RTCIceCandidateInit[]} candidates */
  prepareAnswer(id, sdp, candidates) {
    return answer(() => this.#session(id).prepareAnswer(sdp, candidates));
  }

  /** @param {number} id @param {string} sdp */
  answerOffer(id, sdp) {
    return answer(() => this.#session(id).answerOffer(sdp));
  }

  /** @param {number} id @param {string} sdp */
  takeAnswer(id, sdp) {
    return answer(() => this.#session(id).takeAnswer(sdp));
  }

  /** @param {number} id */
  rollback(id) {
    return answer(() => this.#session(id).rollback());
  }

  /** @param {number} id @param {RTCIceCandidateInit[]} candidates */
  addCandidates(id, candidates) {
    return answer(() => this.#session(id).addCandidates(candidates));
  }

  /** @param {number} id */
  statistics(id) {
    return answer(() => this.#session(id).statistics());
  }

  /** Shows what the other side sends. @param {number} id @param {HTMLVideoElement} video @param {HTMLAudioElement} audio */
  attachRemote(id, video, audio) {
    return answer(() => this.#session(id).playback.attach(video, audio));
  }

  /** @param {number} id */
  detachRemote(id) {
    return answer(() => this.#session(id).playback.close());
  }

  /** Closes devices or a session, at any moment, also while one of the functions above runs. @param {number} id */
  close(id) {
    return answer(() => this.#forget(id));
  }

  dispose() {
    return answer(() => {
      for (const id of [...this.#things.keys()]) this.#forget(id);
      this.#devices.close();
      this.#pump.stop();
    });
  }

  /** @param {number} id */
  #forget(id) {
    const thing = this.#things.get(id);
    this.#things.delete(id);
    thing?.close();
  }

  /** @param {number} id */
  #media(id) {
    const thing = this.#things.get(id);
    if (thing instanceof LocalMedia) return thing;
    throw new ClosedError();
  }

  /** @param {number} id */
  #session(id) {
    const thing = this.#things.get(id);
    if (thing instanceof Session) return thing;
    throw new ClosedError();
  }
}

/**
 * An exception that crosses into C# loses its name, so failures travel as values.
 * @template T
 * @param {() => T | Promise<T>} act
 * @returns {Promise<{ value: T | null } | { error: { name: string, message: string } }>}
 */
async function answer(act) {
  try {
    return { value: (await act()) ?? null };
  } catch (error) {
    return { error: failure(error) };
  }
}
