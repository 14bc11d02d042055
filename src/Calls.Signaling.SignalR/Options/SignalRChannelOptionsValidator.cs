using Microsoft.Extensions.Options;

namespace Calls.Signaling.SignalR;

/// <summary>Holds <see cref="SignalRChannelOptions"/> to their ranges, and tells every one that is broken.</summary>
internal sealed class SignalRChannelOptionsValidator : IValidateOptions<SignalRChannelOptions>
{
    public ValidateOptionsResult Validate(string? name, SignalRChannelOptions options)
    {
        var wrong = Problems(options, ownsConnection: true);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    /// <param name="options">What to look at.</param>
    /// <param name="ownsConnection">Whether the channel makes its own connection, and so needs an address.</param>
    public static IReadOnlyList<string> Problems(SignalRChannelOptions options, bool ownsConnection)
    {
        List<string> wrong = [];
        if (ownsConnection && UrlProblem(options.Url) is { } problem)
            Wrong(nameof(options.Url), problem);
        if (options.DeviceId is not null && !WireName.IsValid(options.DeviceId))
            Wrong(nameof(options.DeviceId), "must be 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-', or null for a random one.");
        Within(options.ConnectTimeout, 0.1, 300, nameof(options.ConnectTimeout));
        Within(options.KeepAliveInterval, 0.1, 60, nameof(options.KeepAliveInterval));
        Within(options.ServerTimeout, 0.1, 300, nameof(options.ServerTimeout));
        Within(options.StableAfter, 0, 3600, nameof(options.StableAfter));
        if (options.MaxMessageSize is < 1024 or > 16 * 1024 * 1024)
            Wrong(nameof(options.MaxMessageSize), $"is {options.MaxMessageSize}; it must be 1,024 to 16,777,216 bytes.");
        return wrong;

        void Wrong(string option, string what) => wrong.Add($"SignalRChannelOptions.{option} {what}");

        void Within(TimeSpan value, double minimum, double maximum, string option)
        {
            if (value < TimeSpan.FromSeconds(minimum) || value > TimeSpan.FromSeconds(maximum))
                Wrong(option, FormattableString.Invariant($"is {value.TotalSeconds} s; it must be {minimum} to {maximum} s."));
        }
    }

    // The address itself stays out of the sentence: it may hold what belongs in no log.
    private static string? UrlProblem(Uri? url)
    {
        if (url is null)
            return "is missing: set it to the hub's address, as in https://example.com/calls/hub.";
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
            return "must be an absolute http: or https: address, as in https://example.com/calls/hub.";
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return "must not have a user name, a password or a fragment.";
        return HasParameter(url, "device") ? "must not have a 'device' parameter: set DeviceId."
            : HasParameter(url, "access_token") ? "must not have an 'access_token' parameter: set AccessTokenProvider."
            : null;
    }

    private static bool HasParameter(Uri url, string name)
        => url.Query.TrimStart('?').Split('&').Any(pair => string.Equals(pair.Split('=')[0], name, StringComparison.OrdinalIgnoreCase));
}
