using Microsoft.Extensions.Options;

namespace Calls;

/// <summary>Holds <see cref="CallOptions"/> to their ranges, and tells every one that is broken.</summary>
internal sealed class CallOptionsValidator : IValidateOptions<CallOptions>
{
    public static void ThrowIfInvalid(CallOptions options)
    {
        var result = new CallOptionsValidator().Validate(null, options);
        if (result.Failed)
            throw new OptionsValidationException(nameof(CallOptions), typeof(CallOptions), result.Failures);
    }

    public ValidateOptionsResult Validate(string? name, CallOptions options)
    {
        List<string> wrong = [];
        Within(options.OutgoingTimeout, 1, 600, nameof(options.OutgoingTimeout));
        Within(options.RingTimeout, 1, 600, nameof(options.RingTimeout));
        Within(options.ConnectTimeout, 1, 300, nameof(options.ConnectTimeout));
        Within(options.ReconnectAfter, 0, 60, nameof(options.ReconnectAfter));
        Within(options.ReconnectTimeout, 1, 600, nameof(options.ReconnectTimeout));
        Within(options.EndedLinger, 0, 3600, nameof(options.EndedLinger));
        if (options.MaxEarlyCandidates is < 1 or > 4096)
            wrong.Add($"CallOptions.MaxEarlyCandidates is {options.MaxEarlyCandidates}; it must be 1 to 4096.");
        foreach (var server in options.IceServers)
        {
            if (server.Urls.Count == 0 || server.Urls.Any(url => !IsIceUrl(url)))
                wrong.Add($"CallOptions.IceServers: '{string.Join(", ", server.Urls)}' is no stun:, stuns:, turn: or turns: address.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Within(TimeSpan value, int minimum, int maximum, string option)
        {
            if (value < TimeSpan.FromSeconds(minimum) || value > TimeSpan.FromSeconds(maximum))
                wrong.Add($"CallOptions.{option} is {value.TotalSeconds} s; it must be {minimum} to {maximum} s.");
        }
    }

    private static bool IsIceUrl(string url)
        => url.StartsWith("stun:", StringComparison.Ordinal) || url.StartsWith("stuns:", StringComparison.Ordinal)
            || url.StartsWith("turn:", StringComparison.Ordinal) || url.StartsWith("turns:", StringComparison.Ordinal);
}
