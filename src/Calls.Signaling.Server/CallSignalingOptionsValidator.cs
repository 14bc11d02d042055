using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>Holds <see cref="CallSignalingOptions"/> to their ranges, and tells every one that is broken.</summary>
internal sealed class CallSignalingOptionsValidator : IValidateOptions<CallSignalingOptions>
{
    public ValidateOptionsResult Validate(string? name, CallSignalingOptions options)
    {
        List<string> wrong = [];
        Time(options.RingTimeout, 1, 600, nameof(options.RingTimeout));
        Time(options.ResumeWindow, 1, 600, nameof(options.ResumeWindow));
        Time(options.KeepAliveInterval, 1, 300, nameof(options.KeepAliveInterval));
        Time(options.KeepAliveTimeout, 1, 300, nameof(options.KeepAliveTimeout));
        Time(options.CloseTimeout, 0.1, 60, nameof(options.CloseTimeout));
        Require(
            options.DrainPerSecond is >= 1 and <= 1_000_000,
            FormattableString.Invariant($"DrainPerSecond is {options.DrainPerSecond}; it must be 1 to 1000000."));
        Limits(options.Limits);
        Require(options.UserId is not null, "UserId is null; it must find the user id.");
        Require(options.DisplayName is not null, "DisplayName is null; it must find the display name, or return null.");
        foreach (var origin in options.AllowedOrigins)
            Require(Origin.TryParse(origin, out _), $"AllowedOrigins: '{origin}' is no origin; write it as in https://app.example or http://localhost:8080.");
        foreach (var server in options.IceServers)
        {
            Require(
                server is { Urls.Count: > 0 } && server.Urls.All(IsIceUrl),
                $"IceServers: '{string.Join(", ", server?.Urls ?? [])}' is no stun:, stuns:, turn: or turns: address.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Limits(CallSignalingLimits limits)
        {
            Count(limits.MaxMessageBytes, 1024, 1_048_576, nameof(limits.MaxMessageBytes));
            Count(limits.MaxCandidatesPerCall, 1, 4096, nameof(limits.MaxCandidatesPerCall));
            Count(limits.MessagesPerSecond, 1, 100_000, nameof(limits.MessagesPerSecond));
            Count(limits.MessageBurst, 1, 1_000_000, nameof(limits.MessageBurst));
            Count(limits.MalformedPerMinute, 12, 100_000, nameof(limits.MalformedPerMinute));
            Count(limits.MaxCallsPerUser, 1, 10_000, nameof(limits.MaxCallsPerUser));
            Count(limits.MaxRingsPerTarget, 1, 10_000, nameof(limits.MaxRingsPerTarget));
            Count(limits.MaxRingsPerUser, 1, 1_000_000, nameof(limits.MaxRingsPerUser));
            Time(limits.RingWindow, 1, 3600, "Limits." + nameof(limits.RingWindow));
            Count(limits.SendQueueLength, 8, 65_536, nameof(limits.SendQueueLength));
            Count(limits.MaxKeptMessages, limits.MaxCandidatesPerCall + 64, 65_536, nameof(limits.MaxKeptMessages));
            Count(limits.MaxDevicesPerUser, 1, 1000, nameof(limits.MaxDevicesPerUser));
        }

        void Time(TimeSpan value, double minimum, double maximum, string option)
            => Require(
                value >= TimeSpan.FromSeconds(minimum) && value <= TimeSpan.FromSeconds(maximum),
                FormattableString.Invariant($"{option} is {value.TotalSeconds} s; it must be {minimum} to {maximum} s."));

        void Count(int value, int minimum, int maximum, string option)
            => Require(value >= minimum && value <= maximum, $"Limits.{option} is {value}; it must be {minimum} to {maximum}.");

        void Require(bool holds, string sentence)
        {
            if (!holds)
                wrong.Add("CallSignalingOptions." + sentence);
        }
    }

    private static bool IsIceUrl(string? url)
        => url is not null && (url.StartsWith("stun:", StringComparison.Ordinal) || url.StartsWith("stuns:", StringComparison.Ordinal)
            || url.StartsWith("turn:", StringComparison.Ordinal) || url.StartsWith("turns:", StringComparison.Ordinal));
}
