using System.Globalization;

namespace Calls.Blazor.Parts;

/// <summary>How long a call has run, as people write it.</summary>
internal static class CallClock
{
    /// <summary><c>mm:ss</c>, and <c>h:mm:ss</c> from an hour on. A clock that was set back in between counts as zero.</summary>
    public static string Format(TimeSpan elapsed)
        => elapsed < TimeSpan.Zero ? "00:00"
            : elapsed.TotalHours < 1 ? elapsed.ToString(@"mm\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(int)elapsed.TotalHours}:{elapsed:mm\\:ss}");

    /// <summary>How long until the written time changes.</summary>
    public static TimeSpan UntilNextSecond(TimeSpan elapsed)
        => TimeSpan.FromSeconds(1) - TimeSpan.FromTicks((elapsed.Ticks % TimeSpan.TicksPerSecond + TimeSpan.TicksPerSecond) % TimeSpan.TicksPerSecond);
}
