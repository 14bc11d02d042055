namespace Calls.Machine;

/// <summary>The offer and answer inside a running call: at most one at a time.</summary>
/// <param name="Stage">How far it is.</param>
/// <param name="Round">The last round that this side began or answered.</param>
/// <param name="Again">Whether another round is owed after this one.</param>
/// <param name="Restart">Whether the round that is owed or made must restart ICE.</param>
/// <param name="Fresh">Whether the round that is owed or made comes from a new session.</param>
/// <param name="Refusals">How often in a row the peer refused, as far as it matters; the round that is owed waits for its timer where it did.</param>
internal readonly record struct Negotiation(NegotiationStage Stage, int Round, bool Again, bool Restart, bool Fresh = false, int Refusals = 0);

internal enum NegotiationStage : byte
{
    None,

    /// <summary>Our offer is being made.</summary>
    Offering,

    /// <summary>Our offer was sent.</summary>
    Offered,

    /// <summary>The answer to the peer's offer is being made.</summary>
    Answering,
}
