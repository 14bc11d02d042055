using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Turn;

/// <summary>A request that waits for its answer.</summary>
internal sealed class TurnRequest(StunMethod method)
{
    public StunMethod Method { get; } = method;

    /// <summary>For whom, of a permission or a channel.</summary>
    public TransportAddress Peer { get; init; }

    /// <summary>Which channel.</summary>
    public ushort Channel { get; init; }

    /// <summary>How long the relay is wanted, in seconds; null: as long as the server likes.</summary>
    public uint? Lifetime { get; init; }

    public TransactionId Transaction { get; set; }

    /// <summary>The message, to send it again.</summary>
    public byte[] Message { get; set; } = [];

    /// <summary>Whether it was signed.</summary>
    public bool IsSigned { get; set; }

    /// <summary>How often the server wanted another nonce.</summary>
    public int StaleNonces { get; set; }

    public int Sent { get; set; }

    public TimeSpan BeganAt { get; set; }

    public TimeSpan SentAt { get; set; }

    public TimeSpan NextAt { get; set; }
}
