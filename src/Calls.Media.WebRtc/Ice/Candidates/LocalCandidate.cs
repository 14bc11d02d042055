using System.Globalization;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>A candidate of this side.</summary>
internal sealed record LocalCandidate
{
    /// <summary>What sends from it: a socket or a relay, by the number that its owner gave it.</summary>
    public required int BaseId { get; init; }

    /// <summary>How it was found.</summary>
    public required IceCandidateKind Kind { get; init; }

    /// <summary>Where the other side may reach it.</summary>
    public required TransportAddress Address { get; init; }

    /// <summary>What it was derived from, for those that are not a host's; null: not told to the other side.</summary>
    public TransportAddress? Related { get; init; }

    /// <summary>Among candidates of a kind, more is better; 0 to 65535.</summary>
    public ushort LocalPreference { get; init; } = ushort.MaxValue;

    /// <summary>The same for candidates that share kind, base address and server (RFC 8445, section 5.1.1.3).</summary>
    public required string Foundation { get; init; }

    /// <summary>The order among all candidates.</summary>
    public uint Priority => CandidatePriority.Of(Kind, LocalPreference);

    /// <summary>What the other side is to think of an address that it learns by a check from here (RFC 8445, section 7.1.1).</summary>
    public uint ReflexivePriority => CandidatePriority.Of(IceCandidateKind.PeerReflexive, LocalPreference);

    /// <summary>Whether checks are sent from it: a reflexive address is sent from by its base.</summary>
    public bool IsBase => Kind is IceCandidateKind.Host or IceCandidateKind.Relayed;

    /// <summary>The foundation of what is found in one way at one address.</summary>
    /// <param name="kind">The way.</param>
    /// <param name="baseAddress">The address; its port does not count.</param>
    /// <param name="server">The server that was asked; null: none.</param>
    public static string FoundationOf(IceCandidateKind kind, TransportAddress baseAddress, string? server = null)
    {
        var hash = 2166136261u;
        foreach (var letter in $"{kind}|{baseAddress.WithPort(0)}|{server}")
            hash = (hash ^ letter) * 16777619;
        return hash.ToString(CultureInfo.InvariantCulture);
    }
}
