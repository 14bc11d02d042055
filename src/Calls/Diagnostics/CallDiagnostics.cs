namespace Calls;

/// <summary>Under what names calls can be watched, by <c>System.Diagnostics.Metrics</c> and <c>System.Diagnostics.ActivitySource</c>: at clients and at servers. What
/// each instrument counts, and what to alarm on, stands in <c>docs/operations.md</c>.</summary>
public static class CallDiagnostics
{
    /// <summary>The name of every <see cref="System.Diagnostics.Metrics.Meter"/> of calls.</summary>
    public const string MeterName = "Calls";

    /// <summary>The name of every <see cref="System.Diagnostics.ActivitySource"/> of calls: one trace a call, from the caller through the server to the callee.</summary>
    public const string ActivitySourceName = "Calls";
}
