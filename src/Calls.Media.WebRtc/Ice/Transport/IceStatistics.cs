namespace Calls.Media.WebRtc.Ice;

/// <summary>How the way does that data goes.</summary>
/// <param name="RoundTripTime">Of the last check.</param>
/// <param name="IsRelayed">Whether it passes a relay of ours or, as far as told, of the other side.</param>
/// <param name="Pair">What goes where, for a log.</param>
internal sealed record IceStatistics(TimeSpan? RoundTripTime, bool IsRelayed, string Pair);
