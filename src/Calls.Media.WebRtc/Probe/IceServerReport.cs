using System.Net;

namespace Calls.Media.WebRtc;

/// <summary>What became of one address of a server.</summary>
public sealed record IceServerReport
{
    /// <summary>The address, as it was configured.</summary>
    public required string Url { get; init; }

    /// <summary>What is wrong.</summary>
    public IceServerProblem Problem { get; init; }

    /// <summary>What is wrong, and what to open or change, as a sentence for people; null: nothing is.</summary>
    public string? Advice { get; init; }

    /// <summary>Whether calls can count on it.</summary>
    public bool IsGood => Problem == IceServerProblem.None;

    /// <summary>Whether the server answered anything.</summary>
    public bool IsReachable { get; init; }

    /// <summary>Whether it took the user and the password; null: not asked.</summary>
    public bool? IsAuthenticated { get; init; }

    /// <summary>Whether it gave a relay; null: not asked.</summary>
    public bool? IsAllocated { get; init; }

    /// <summary>Whether bytes went from one relay to another and back; null: not tried.</summary>
    public bool? IsRelaying { get; init; }

    /// <summary>The time of a request and its answer; null: there was none.</summary>
    public TimeSpan? RoundTripTime { get; init; }

    /// <summary>This machine as the server sees it; null: not told.</summary>
    public IPEndPoint? Mapped { get; init; }

    /// <summary>The address and port of the relay; null: there was none.</summary>
    public IPEndPoint? Relayed { get; init; }
}
