/** Tells the states of a connection, and which failure no ICE restart mends; after that, nothing. */
export class LinkState {
  #isOver = false;
  #connection;
  #signal;
  #tell;
  /** @type {RTCDtlsTransport | null} */
  #watched = null;

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
    const transport = this.#connection.getSenders()[0]?.transport ?? null; // One for all: they are bundled.
    this.#watch(transport);

    // Firefox fails DTLS together with ICE, a moment later, when a restart may have begun already. A restart then leads to "connected", but nothing is sent or received any more.
    this.#isOver = transport?.state === 'failed';
    this.#tell(this.#isOver ? 'failed' : this.#connection.connectionState, this.#isOver);
  }

  /** @param {RTCDtlsTransport | null} transport */
  #watch(transport) {
    if (!transport || transport === this.#watched) return;
    this.#watched = transport;
    transport.addEventListener('statechange', () => {
      if (transport.state === 'failed') this.#changed();
    }, { signal: this.#signal });
  }
}
