// A client that knows nothing but the eleven first messages of the protocol: no seq, no ringing, no resume, no media state.
// Settings come in the address: ?user=carol&device=d1&call=bob&video=1
const settings = new URL(location.href).searchParams;
const video = settings.get('video') === '1';
const element = id => document.querySelector(`[data-testid="${id}"]`);

const address = new URL('/calls', location.href);
address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
address.search = new URLSearchParams({ user: settings.get('user'), device: settings.get('device') }).toString();
const socket = new WebSocket(address);

/** What is known of the one call. */
let call = null;
/** Everything that the server sent, for the tests. */
const received = [];
window.plain = { received, get open() { return socket.readyState === WebSocket.OPEN; } };

socket.onmessage = async event => {
  const message = JSON.parse(event.data);
  received.push(message);
  if (message.type === 'call:offer' && !call)
    ring(message);
  if (!call || message.callId !== call.id)
    return;
  if (message.type === 'call:answer')
    await setRemote({ type: 'answer', sdp: message.sdp });
  else if (message.type === 'call:ice-candidate')
    await addCandidates(message.candidates ?? [message.candidate]);
  else if (['call:end', 'call:rejected', 'call:no-answer'].includes(message.type))
    close();
};

element('call-video').onclick = () => start(settings.get('call'));
element('accept').onclick = () => accept();
element('hang-up').onclick = () => hangUp();

async function start(chatId) {
  show('outgoing');
  call = { id: crypto.randomUUID(), early: [] };
  await openPeer();
  await call.peer.setLocalDescription(await call.peer.createOffer());
  send('call:initiate', { chatId, video, sdp: call.peer.localDescription.sdp });
  flush();
}

function ring(offer) {
  call = { id: offer.callId, early: [], offer };
  element('incoming').hidden = false;
  show('incoming_ringing');
}

async function accept() {
  const { offer } = call;
  element('incoming').hidden = true;
  show('connecting');
  await openPeer();
  await setRemote({ type: 'offer', sdp: offer.sdp });
  await call.peer.setLocalDescription(await call.peer.createAnswer());
  send('call:answer', { sdp: call.peer.localDescription.sdp });
  flush();
}

async function openPeer() {
  call.stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
  element('local-video').srcObject = call.stream;
  const peer = call.peer = new RTCPeerConnection();
  call.outbox = [];
  peer.onicecandidate = ({ candidate }) => {
    if (candidate && call?.outbox)
      call.outbox.push(candidate);
    else if (candidate)
      send('call:ice-candidate', { candidate: candidate.toJSON() });
  };
  peer.ontrack = ({ streams: [stream] }) => {
    for (const id of ['remote-video', 'remote-audio']) {
      if (element(id).srcObject !== stream)
        element(id).srcObject = stream;
    }
  };
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === 'connected')
      show('connected');
  };
  for (const track of call.stream.getTracks())
    peer.addTrack(track, call.stream);
}

// Candidates go out after the description that they belong to.
function flush() {
  const outbox = call.outbox;
  call.outbox = null;
  for (const candidate of outbox)
    send('call:ice-candidate', { candidate: candidate.toJSON() });
}

async function setRemote(description) {
  if (description.type === 'answer')
    show('connecting');
  await call.peer.setRemoteDescription(description);
  const early = call.early;
  call.early = null;
  for (const candidate of early)
    await call.peer.addIceCandidate(candidate);
}

async function addCandidates(candidates) {
  for (const candidate of candidates) {
    if (call?.early)
      call.early.push(candidate);
    else
      await call?.peer.addIceCandidate(candidate);
  }
}

function hangUp() {
  send('call:end', { reason: 'hangup' });
  close();
}

function close() {
  element('incoming').hidden = true;
  call.peer?.close();
  call.stream?.getTracks().forEach(track => track.stop());
  call = null;
  show('ended');
}

function send(type, fields) {
  if (call)
    socket.send(JSON.stringify({ type, callId: call.id, ...fields }));
}

function show(state) {
  element('call-state').textContent = state;
}
