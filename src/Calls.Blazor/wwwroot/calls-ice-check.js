// The trickle test of STUN and TURN servers, each address by itself, as this browser does it: what comes, when, and, of relays, whether a word gets through.

/**
 * @typedef {{ url: string, username?: string, credential?: string }} Question an empty address: what the browser has without a server
 * @typedef {{ question: number, kind: string, after: number, text?: string, code?: number }} Finding after: milliseconds since the question
 * @typedef {{ invokeMethodAsync(name: string, ...args: unknown[]): Promise<unknown> }} Sink
 * @typedef {(kind: string, more?: { text?: string, code?: number }) => void} Tell
 */

/** @param {Sink} sink @param {Question[]} questions @param {number} patience milliseconds for each question */
export function createCheck(sink, questions, patience) {
  return new Check(sink, questions, patience);
}

class Check {
  #sink;
  #closing = new AbortController();
  #telling = Promise.resolve();

  /** @param {Sink} sink @param {Question[]} questions @param {number} patience */
  constructor(sink, questions, patience) {
    this.#sink = sink;
    questions.forEach((question, at) => void this.#ask(question, at, patience));
  }

  close() {
    this.#closing.abort();
  }

  /** @param {Question} question @param {number} at @param {number} patience */
  async #ask(question, at, patience) {
    const begin = performance.now();
    const over = new AbortController();
    /** @type {Tell} */
    const tell = (kind, more = {}) => {
      if (!over.signal.aborted) this.#tell({ question: at, kind, after: performance.now() - begin, ...more });
    };
    const late = setTimeout(() => over.abort(), patience);
    this.#closing.signal.addEventListener('abort', () => over.abort(), { signal: over.signal });
    try {
      await Promise.race([/^turns?:/i.test(question.url) ? relay(question, tell, over.signal) : gather(question, tell, over.signal), aborted(over.signal)]);
    } catch (error) {
      tell('refused', { text: error instanceof Error ? error.message : String(error) });
    }
    clearTimeout(late);
    over.abort();
    this.#tell({ question: at, kind: 'over', after: performance.now() - begin });
  }

  /** One after another, so that what was found is told in its order. @param {Finding} finding */
  #tell(finding) {
    if (this.#closing.signal.aborted) return;
    this.#telling = this.#telling.then(() => this.#sink.invokeMethodAsync('OnFound', finding)).then(() => {}, () => {}); // The page may be gone.
  }
}

/** Gathers until nothing more comes. @param {Question} question @param {Tell} tell @param {AbortSignal} over */
async function gather(question, tell, over) {
  const connection = open(question, 'all', over);
  connection.createDataChannel('check');
  const complete = gathered(connection, tell, () => {});
  await connection.setLocalDescription();
  await complete;
}

/** Gathers relays at two ends, and sends a word from one to the other and back. @param {Question} question @param {Tell} tell @param {AbortSignal} over */
async function relay(question, tell, over) {
  const near = open(question, 'relay', over);
  const far = open(question, 'relay', over);
  const word = echoed(near, far).then(trip => tell('echo', { text: String(trip) }));
  let relays = 0;
  const nearComplete = gathered(near, tell, candidate => { relays++; void far.addIceCandidate(candidate).catch(() => {}); });
  // The other end's candidates are of no interest; why it has none is.
  const farComplete = gathered(far, (kind, more) => { if (kind === 'error') tell(kind, more); }, candidate => void near.addIceCandidate(candidate).catch(() => {}));
  const offer = await near.createOffer();
  await far.setRemoteDescription(offer);
  const answer = await far.createAnswer();
  await near.setLocalDescription(offer);
  await near.setRemoteDescription(answer); // First, so that it is ready for the other's candidates.
  await far.setLocalDescription(answer);
  await nearComplete;
  await farComplete;
  if (relays > 0) await word;
}

/** @param {Question} question @param {RTCIceTransportPolicy} policy @param {AbortSignal} over */
function open({ url, username, credential }, policy, over) {
  const connection = new RTCPeerConnection({ iceServers: url ? [{ urls: url, username, credential }] : [], iceTransportPolicy: policy });
  over.addEventListener('abort', () => connection.close());
  return connection;
}

/** Until all candidates are there. @param {RTCPeerConnection} connection @param {Tell} tell @param {(candidate: RTCIceCandidate) => void} take */
function gathered(connection, tell, take) {
  return new Promise(resolve => {
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (!candidate) return resolve(undefined);
      if (!candidate.candidate) return;
      tell('candidate', { text: candidate.candidate });
      take(candidate);
    });
    connection.addEventListener('icecandidateerror', event => {
      if (event instanceof RTCPeerConnectionIceErrorEvent) tell('error', { code: event.errorCode, text: event.errorText });
    });
  });
}

/** How many milliseconds a word takes from one end to the other and back. @param {RTCPeerConnection} near @param {RTCPeerConnection} far */
function echoed(near, far) {
  return new Promise(resolve => {
    far.addEventListener('datachannel', ({ channel }) => channel.addEventListener('message', () => channel.send('back')));
    const channel = near.createDataChannel('check');
    channel.addEventListener('open', () => {
      const sent = performance.now();
      channel.addEventListener('message', () => resolve(performance.now() - sent));
      channel.send('there');
    });
  });
}

/** @param {AbortSignal} signal */
function aborted(signal) {
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(undefined)));
}
