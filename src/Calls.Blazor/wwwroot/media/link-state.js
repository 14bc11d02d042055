/** Tells the states of a connection, and which failure no ICE restart mends; after that, nothing. */
export class LinkState {
  #isOver = false;
  #connection;
  #signal;
  #tell;

  /**
   * @param {RTCPeerConnection} connection
   * @param {AbortSignal} signal
   * @param {(state: RTCPeerConnectionState, needsNewSession: boolean) => void} tell
   */
  constructor(connection, signal, tell) {
    this.#connection = connection;
    this.#signal = signal;
    this.#tell = tell;
    connection.addEventListener('connectionstatechange', () => this.#changed(), { signal });
  }

  #changed() {
    if (this.#isOver) return;
    const state = this.#connection.connectionState;
    const transport = this.#connection.getSenders()[0]?.transport; // One for all: they are bundled.

    // Firefox fails DTLS together with ICE. A restart then leads to "connected", but nothing is sent or received any more.
    this.#isOver = state === 'failed' && transport?.state === 'failed';
    this.#tell(state, this.#isOver);
    if (state === 'failed' && !this.#isOver)
      transport?.addEventListener('statechange', () => { if (transport.state === 'failed') this.#changed(); }, { signal: this.#signal, once: true });
  }
}
