// Two soft sounds made in WebAudio: no file to load and none to license. Where the browser allows no sound yet, nothing breaks, and the
// ring begins with the first gesture.

/** @typedef {{ at: number, length: number, frequency: number, level: number }} Note seconds from the start of a round, seconds, hertz, 0 – 1 */

/** @type {Record<string, { round: number, notes: Note[] }>} */
const melodies = {
  // A rising two-tone chime, twice, then rest.
  incoming: {
    round: 3,
    notes: [
      { at: 0.0, length: 0.55, frequency: 659.26, level: 0.5 },
      { at: 0.28, length: 0.8, frequency: 880.0, level: 0.5 },
      { at: 0.9, length: 0.55, frequency: 659.26, level: 0.38 },
      { at: 1.18, length: 0.95, frequency: 880.0, level: 0.38 },
    ],
  },
  // What a caller hears: one long, low tone and a long rest, as on European lines (425 Hz, 1 s on, 4 s off; ITU-T E.182).
  ringback: { round: 5, notes: [{ at: 0, length: 1, frequency: 425, level: 0.16 }] },
};

/** How long a call rings without a sound, in milliseconds. */
const firstSound = 250;

export function createRinger() {
  return new Ringer();
}

class Ringer {
  /** @type {AudioContext | null} */
  #context = null;
  #stopping = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} name */
  start(name) {
    this.stop();
    const melody = melodies[name];
    if (!melody || typeof AudioContext === 'undefined') return;
    // Opening the sound device holds up a call that is answered at once, and nobody would hear it.
    this.#timer = setTimeout(() => this.#play(melody), firstSound);
  }

  /** @param {{ round: number, notes: Note[] }} melody */
  #play(melody) {
    try {
      const context = this.#context = new AudioContext();
      this.#stopping = new AbortController();
      const resume = () => void context.resume().catch(() => {});
      for (const gesture of ['pointerdown', 'keydown'])
        document.addEventListener(gesture, resume, { capture: true, signal: this.#stopping.signal });
      const round = () => {
        // A context that is not allowed to run holds its clock still; notes put on it would all sound at once later.
        if (context.state === 'running') melody.notes.forEach(note => sound(context, note));
        this.#timer = setTimeout(round, context.state === 'running' ? melody.round * 1000 : 250);
      };
      resume();
      round();
    } catch {
      this.stop();
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#stopping.abort();
    const context = this.#context;
    this.#context = null;
    if (context) void context.close().catch(() => {});
  }
}

/** @param {AudioContext} context @param {Note} note */
function sound(context, { at, length, frequency, level }) {
  const start = context.currentTime + 0.02 + at;
  const volume = context.createGain();
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(level * 0.4, start + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0008, start + length);
  volume.connect(context.destination);
  // A quiet octave above makes a sine sound like a bell instead of a test tone.
  for (const [multiple, share] of /** @type {const} */ ([[1, 1], [2, 0.22]])) {
    const part = context.createGain();
    part.gain.value = share;
    const tone = new OscillatorNode(context, { type: 'sine', frequency: frequency * multiple });
    tone.connect(part).connect(volume);
    tone.start(start);
    tone.stop(start + length + 0.05);
  }
}
