namespace Calls.Media.WebRtc.Ice;

/// <summary>The order of candidates and of pairs (RFC 8445, sections 5.1.2 and 6.1.2.3), for the one component that we have.</summary>
internal static class CandidatePriority
{
    /// <summary>The priority of a candidate.</summary>
    /// <param name="kind">How it was found.</param>
    /// <param name="localPreference">Among those of a kind; more is better.</param>
    public static uint Of(IceCandidateKind kind, ushort localPreference)
    {
        uint preference = kind switch
        {
            IceCandidateKind.Host => 126,
            IceCandidateKind.PeerReflexive => 110,
            IceCandidateKind.ServerReflexive => 100,
            _ => 0,
        };
        return preference << 24 | (uint)localPreference << 8 | 255;
    }

    /// <summary>The priority of a pair, the same on both sides.</summary>
    public static ulong OfPair(uint controlling, uint controlled)
        => (ulong)Math.Min(controlling, controlled) << 32 | (ulong)Math.Max(controlling, controlled) << 1 | (controlling > controlled ? 1ul : 0);
}
