// Sets up calls between two peer connections of one engine in one process, over loopback: node setups.mjs libwebrtc|werift [times] [at once]
// Prints one name=value a line, as the same figures of Calls.Media.WebRtc are printed.
import { performance } from 'node:perf_hooks';

const [name, times = '100', crowd = '50'] = process.argv.slice(2);
const engines = {
  libwebrtc: async () => {
    const { default: wrtc } = await import('@roamhq/wrtc');
    return { open: () => new wrtc.RTCPeerConnection({ iceServers: [] }), isUp: pc => pc.connectionState === 'connected', watch: (pc, look) => { pc.onconnectionstatechange = look; }, candidates: watchCandidates };
  },
  werift: async () => {
    const { RTCPeerConnection } = await import('werift');
    return {
      // Without it, an address of the machine itself is no candidate.
      open: () => new RTCPeerConnection({ iceServers: [], iceUseIpv6: false, iceAdditionalHostAddresses: ['127.0.0.1'] }),
      isUp: pc => pc.connectionState === 'connected',
      watch: (pc, look) => pc.connectionStateChange.subscribe(look),
      candidates: (pc, other) => pc.onIceCandidate.subscribe(candidate => { if (candidate) other.addIceCandidate(candidate).catch(() => {}); }),
    };
  },
};

function watchCandidates(pc, other) {
  pc.onicecandidate = ({ candidate }) => { if (candidate) other.addIceCandidate(candidate).catch(() => {}); };
}

/** One call: milliseconds from the offer until both ends are connected. */
async function setUp(engine) {
  const [one, other] = [engine.open(), engine.open()];
  try {
    one.addTransceiver('audio', { direction: 'sendrecv' });
    engine.candidates(one, other);
    engine.candidates(other, one);
    const begin = performance.now();
    const both = new Promise((resolve, reject) => {
      const look = () => { if (engine.isUp(one) && engine.isUp(other)) resolve(performance.now() - begin); };
      engine.watch(one, look);
      engine.watch(other, look);
      setTimeout(() => reject(new Error('not connected after 20 s')), 20_000).unref();
    });
    const offer = await one.createOffer();
    await one.setLocalDescription(offer);
    await other.setRemoteDescription(offer);
    const answer = await other.createAnswer();
    await other.setLocalDescription(answer);
    await one.setRemoteDescription(answer);
    return await both;
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const print = (figure, value) => console.log(`${name}_${figure}=${value.toFixed(1)}`);

const engine = await engines[name]();
for (let i = 0; i < 50; i++) await setUp(engine); // Warm.
const took = [];
const before = process.cpuUsage();
for (let i = 0; i < Number(times); i++) took.push(await setUp(engine));
const used = process.cpuUsage(before);
took.sort((a, b) => a - b);
print('setup_p50_ms', at(took, 0.5));
print('setup_p99_ms', at(took, 0.99));
print('setup_max_ms', took.at(-1));
print('setup_cpu_ms', (used.user + used.system) / 1000 / took.length);
const begin = performance.now();
const all = await Promise.allSettled(Array.from({ length: Number(crowd) }, () => setUp(engine)));
print(`${crowd}_at_once_ms`, performance.now() - begin);
print(`${crowd}_at_once_failed`, all.filter(one => one.status === 'rejected').length);
process.exit(0); // Neither engine lets the process end by itself.
