/** What this side sends, for its own eyes: one stream object for the whole call, and never sound. */
export class Preview {
  #stream = new MediaStream();
  /** @type {HTMLVideoElement | null} */
  #element = null;

  /** @param {HTMLVideoElement} element */
  attach(element) {
    if (this.#element && this.#element !== element) this.#element.srcObject = null;
    this.#element = element;
    element.muted = true;
    element.srcObject = this.#stream;
    this.#play();
  }

  /** @param {MediaStreamTrack | null} track */
  show(track) {
    for (const old of this.#stream.getTracks()) this.#stream.removeTrack(old);
    if (!track) return;
    this.#stream.addTrack(track);
    this.#play();
  }

  close() {
    this.show(null);
    if (this.#element) this.#element.srcObject = null;
    this.#element = null;
  }

  /** A muted picture may play without a gesture; where a browser still says no, the call is not worse for it. */
  #play() {
    this.#element?.play().catch(() => {});
  }
}
