/** The one audio and one video section of a connection. They are sendrecv from the start, so that a camera may join without negotiation. */
export class Sections {
  /** @type {RTCRtpTransceiver | null} */
  audio = null;
  /** @type {RTCRtpTransceiver | null} */
  video = null;
  #connection;

  /** @param {RTCPeerConnection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /** Whether what is put into the video section really leaves. */
  get sendsVideo() {
    const direction = this.video?.currentDirection;
    return direction === 'sendrecv' || direction === 'sendonly';
  }

  /** Makes what an own offer lacks. @param {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null }} [tracks] */
  completeForOffer(tracks) {
    this.audio = usable(this.audio) ?? this.#connection.addTransceiver(tracks?.audio ?? 'audio', { direction: 'sendrecv' });
    this.video = usable(this.video) ?? this.#connection.addTransceiver(tracks?.video ?? 'video', { direction: 'sendrecv' });
    this.audio.direction = this.video.direction = 'sendrecv';
  }

  /** Takes the sections that a remote offer brought, and gives up own ones that no description carries: they would be doubled. */
  adoptFromOffer() {
    this.audio = this.#adopt('audio', this.audio);
    this.video = this.#adopt('video', this.video);
  }

  /** @param {MediaStream} stream what both are told to belong to */
  group(stream) {
    for (const section of [this.audio, this.video]) section?.sender.setStreams?.(stream);
  }

  /** @param {boolean} rest */
  async rest(rest) {
    await Promise.allSettled([this.audio, this.video].map(section => section && activate(section.sender, !rest)));
  }

  /** @param {'audio' | 'video'} kind @param {RTCRtpTransceiver | null} own */
  #adopt(kind, own) {
    if (own && usable(own) && own.mid === null) own.stop();
    const known = own && usable(own);
    const section = known ?? this.#connection.getTransceivers().find(
      other => other.receiver.track.kind === kind && other.mid !== null && usable(other) !== null) ?? null;
    if (section) section.direction = 'sendrecv';
    return section;
  }
}

/** @param {RTCRtpTransceiver | null} section */
function usable(section) {
  return section && section.direction !== 'stopped' && section.currentDirection !== 'stopped' ? section : null;
}

/** @param {RTCRtpSender} sender @param {boolean} active */
async function activate(sender, active) {
  const parameters = sender.getParameters();
  if (!parameters.encodings?.length) return; // Some browsers have none before they negotiated.
  for (const encoding of parameters.encodings) encoding.active = active;
  await sender.setParameters(parameters);
}
