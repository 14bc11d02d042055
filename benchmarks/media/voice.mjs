// Two-way voice calls of libwebrtc between two ends in one process, over loopback: node voice.mjs [calls] [G711|Opus] [unheard]
// Unheard, what is received is decoded, and not given to JavaScript. Prints one name=value a line, as the same figures of Calls.Media.WebRtc are printed.
import { performance } from 'node:perf_hooks';
import wrtc from '@roamhq/wrtc';

const [calls = '50', codec = 'G711', heard = 'heard'] = process.argv.slice(2);
const { RTCAudioSource, RTCAudioSink } = wrtc.nonstandard;
const rate = codec === 'G711' ? 8_000 : 48_000;
const frameMs = 10; // What the module takes and gives at a time.
const mostAtOnce = 10; // Of a delay no more is made up: what is measured is the rate of speech, and not what it takes to catch up.
const sources = [], sinks = [], ends = [];
let last = 0, frames = 0;
const noise = Array.from({ length: 50 }, murmur);

/** Sound that costs nothing to make, and that no codec takes for silence. */
function murmur() {
  return Int16Array.from({ length: rate * frameMs / 1_000 }, () => last = 0.9 * last + (Math.random() - 0.5) * 2_000);
}

/** The description without what is not to be spoken. */
function spoken({ type, sdp }) {
  if (codec !== 'G711') return { type, sdp };
  const others = [...sdp.matchAll(/^a=rtpmap:(\d+) (?!PCMU\/)/gm)].map(match => match[1]);
  const lines = sdp.split('\r\n').filter(line => !others.includes(line.match(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /)?.[1]));
  return { type, sdp: lines.map(line => line.startsWith('m=audio') ? line.split(' ').filter((word, at) => at < 3 || !others.includes(word)).join(' ') : line).join('\r\n') };
}

function open() {
  const end = new wrtc.RTCPeerConnection({ iceServers: [] });
  const source = new RTCAudioSource();
  end.addTrack(source.createTrack());
  end.ontrack = ({ track }) => {
    if (heard !== 'heard') return;
    const sink = new RTCAudioSink(track);
    sink.ondata = () => { frames++; };
    sinks.push(sink);
  };
  sources.push(source);
  ends.push(end);
  return end;
}

async function connect() {
  const [one, other] = [open(), open()];
  const up = end => new Promise(resolve => { end.onconnectionstatechange = () => { if (end.connectionState === 'connected') resolve(); }; });
  const both = Promise.all([up(one), up(other)]);
  one.onicecandidate = ({ candidate }) => { if (candidate) other.addIceCandidate(candidate).catch(() => {}); };
  other.onicecandidate = ({ candidate }) => { if (candidate) one.addIceCandidate(candidate).catch(() => {}); };
  const offer = spoken(await one.createOffer());
  await one.setLocalDescription(offer);
  await other.setRemoteDescription(offer);
  const answer = spoken(await other.createAnswer());
  await other.setLocalDescription(answer);
  await one.setRemoteDescription(answer);
  await both;
}

function speak(turn) {
  const samples = noise[turn % noise.length];
  for (const source of sources) source.onData({ samples, sampleRate: rate, bitsPerSample: 16, channelCount: 1, numberOfFrames: samples.length });
}

/** What all ends received until now. */
async function received() {
  const all = { packets: 0, decoded: 0 };
  for (const end of ends)
    for (const report of (await end.getStats()).values())
      if (report.type === 'inbound-rtp') {
        all.packets += report.packetsReceived;
        all.decoded += report.jitterBufferEmittedCount ?? 0;
      }
  return all;
}

const wait = seconds => new Promise(resolve => setTimeout(resolve, seconds * 1_000));
const print = (figure, value) => console.log(`libwebrtc_${calls}_${codec.toLowerCase()}_calls_${heard}_${figure}=${value.toFixed(1)}`);

setTimeout(() => { console.error('no figure after two minutes'); process.exit(1); }, 120_000).unref();
for (let i = 0; i < Number(calls); i++) await connect();
const begin = performance.now();
let turn = 0;
setInterval(() => {
  const due = Math.floor((performance.now() - begin) / frameMs);
  for (turn = Math.max(turn, due - mostAtOnce); turn < due; turn++) speak(turn);
}, frameMs);
await wait(12);
const before = await received();
const [framesBefore, usedBefore, at] = [frames, process.cpuUsage(), performance.now()];
await wait(10);
const [used, seconds] = [process.cpuUsage(usedBefore), (performance.now() - at) / 1_000];
const after = await received();
print('core_percent', (used.user + used.system) / 10_000 / seconds);
print('packets_per_s', (after.packets - before.packets) / seconds);
print('seconds_decoded_per_s', (after.decoded - before.decoded) / rate / seconds);
if (heard === 'heard') print('frames_per_s', (frames - framesBefore) / seconds);
process.exit(0); // The engine does not let the process end by itself.
