using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>A candidate of the other side: told by it, or learned by a check from it.</summary>
/// <param name="Kind">How it was found.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Priority">As the other side said.</param>
/// <param name="Foundation">As the other side said.</param>
internal sealed record RemoteCandidate(IceCandidateKind Kind, TransportAddress Address, uint Priority, string Foundation);
