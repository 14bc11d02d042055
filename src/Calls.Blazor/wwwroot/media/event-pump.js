/**
 * @typedef {{ kind: string } & Record<string, unknown>} EngineEvent
 * @typedef {{ invokeMethodAsync(name: string, ...args: unknown[]): Promise<unknown> }} Sink
 */

/** Candidates are the only events that come in crowds; even the largest batch stays far below the 32 KiB that a circuit takes at once. */
const mostCandidates = 16;
const largestBatch = 4;

/** Hands events to C# in order: one batch at a time, the next one when the last was taken. */
export class EventPump {
  /** @type {Array<{ id: number, event: EngineEvent }>} */
  #queue = [];
  #running = false;
  #stopped = false;
  #sink;

  /** @param {Sink} sink */
  constructor(sink) {
    this.#sink = sink;
  }

  /** @param {number} id @param {EngineEvent} event */
  push(id, event) {
    if (this.#stopped) return;
    const last = this.#queue[this.#queue.length - 1];
    if (!last || last.id !== id || !joined(last.event, event)) this.#queue.push({ id, event });
    if (!this.#running) void this.#run();
  }

  stop() {
    this.#stopped = true;
    this.#queue.length = 0;
  }

  async #run() {
    this.#running = true;
    await null; // What the same task still raises travels along.
    while (this.#queue.length > 0) {
      try {
        await this.#sink.invokeMethodAsync('OnEvents', this.#queue.splice(0, largestBatch));
      } catch {
        // The other end is gone, or one of its observers threw: neither is a reason to hold back what comes next.
      }
    }
    this.#running = false;
  }
}

/**
 * Whether the candidates of two events that follow each other are now together in the first.
 * @param {EngineEvent} first
 * @param {EngineEvent} second
 */
function joined(first, second) {
  if (!Array.isArray(first.candidates) || !Array.isArray(second.candidates) || first.candidates.length >= mostCandidates) return false;
  first.candidates.push(...second.candidates);
  return true;
}
