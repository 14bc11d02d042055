/**
 * The few numbers that a call is judged by (W3C webrtc-stats). What the browser does not tell is null.
 * @param {RTCStatsReport} report
 */
export function summarize(report) {
  /** @type {Array<Record<string, any>>} */
  const entries = [];
  report.forEach(entry => entries.push(entry));
  const pair = selectedPair(report, entries);
  const local = pair?.localCandidateId ? report.get(pair.localCandidateId) : undefined;
  const remote = pair?.remoteCandidateId ? report.get(pair.remoteCandidateId) : undefined;
  return {
    roundTripSeconds: pair?.currentRoundTripTime ?? null,
    packetsSent: sum(entries, 'outbound-rtp', 'packetsSent'),
    packetsReceived: sum(entries, 'inbound-rtp', 'packetsReceived'),
    packetsLost: sum(entries, 'inbound-rtp', 'packetsLost'),
    bytesSent: sum(entries, 'outbound-rtp', 'bytesSent'),
    bytesReceived: sum(entries, 'inbound-rtp', 'bytesReceived'),
    isRelayed: local ? local.candidateType === 'relay' || remote?.candidateType === 'relay' : null,
  };
}

/** @param {RTCStatsReport} report @param {Array<Record<string, any>>} entries */
function selectedPair(report, entries) {
  const id = entries.find(entry => entry.type === 'transport' && entry.selectedCandidatePairId)?.selectedCandidatePairId;
  return id ? report.get(id) : entries.find(entry => entry.type === 'candidate-pair' && entry.selected);
}

/** @param {Array<Record<string, any>>} entries @param {string} type @param {string} field */
function sum(entries, type, field) {
  const values = entries.filter(entry => entry.type === type && typeof entry[field] === 'number').map(entry => entry[field]);
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
}
