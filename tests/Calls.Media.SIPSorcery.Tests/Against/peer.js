// A plain peer in a page: the browser's own connection, and nothing of Calls.
window.peer = {
  candidates: [],

  async open() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const connection = peer.connection = new RTCPeerConnection();
    connection.onicecandidate = ({ candidate }) => candidate && peer.candidates.push(candidate.toJSON());
    for (const track of stream.getTracks())
      connection.addTrack(track, stream);
  },

  async offer() {
    await peer.connection.setLocalDescription();
    return peer.connection.localDescription.sdp;
  },

  async answer(sdp) {
    await peer.connection.setRemoteDescription({ type: 'offer', sdp });
    await peer.connection.setLocalDescription();
    return peer.connection.localDescription.sdp;
  },

  take: sdp => peer.connection.setRemoteDescription({ type: 'answer', sdp }),

  add: candidate => peer.connection.addIceCandidate(candidate),

  state: () => peer.connection.connectionState,
};
