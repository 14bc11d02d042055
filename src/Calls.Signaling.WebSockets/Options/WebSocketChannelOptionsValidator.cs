using Microsoft.Extensions.Options;

namespace Calls.Signaling.WebSockets;

/// <summary>Holds <see cref="WebSocketChannelOptions"/> to their ranges, and tells every one that is broken.</summary>
internal sealed class WebSocketChannelOptionsValidator : IValidateOptions<WebSocketChannelOptions>
{
    public ValidateOptionsResult Validate(string? name, WebSocketChannelOptions options)
    {
        var wrong = Problems(options);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    public static IReadOnlyList<string> Problems(WebSocketChannelOptions options)
    {
        List<string> wrong = [];
        if (UrlProblem(options.Url) is { } problem)
            Wrong(nameof(options.Url), problem);
        if (options.DeviceId is not null && !WireName.IsValid(options.DeviceId))
            Wrong(nameof(options.DeviceId), "must be 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-', or null for a random one.");
        Within(options.ConnectTimeout, 0.1, 300, nameof(options.ConnectTimeout));
        Within(options.PingInterval, 0.1, 60, nameof(options.PingInterval));
        Within(options.PongTimeout, 0.1, 60, nameof(options.PongTimeout));
        Within(options.StableAfter, 0, 3600, nameof(options.StableAfter));
        if (options.MaxMessageSize is < 1024 or > 16 * 1024 * 1024)
            Wrong(nameof(options.MaxMessageSize), $"is {options.MaxMessageSize}; it must be 1,024 to 16,777,216 bytes.");
        if (options.SendQueueLimit is < 1 or > 65_536)
            Wrong(nameof(options.SendQueueLimit), $"is {options.SendQueueLimit}; it must be 1 to 65,536.");
        return wrong;

        void Wrong(string option, string what) => wrong.Add($"WebSocketChannelOptions.{option} {what}");

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
            return "is missing: set it to the server's end point, as in wss://example.com/calls.";
        if (!url.IsAbsoluteUri || url.Scheme is not ("ws" or "wss" or "http" or "https"))
            return "must be an absolute ws:, wss:, http: or https: address, as in wss://example.com/calls.";
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return "must not have a user name, a password or a fragment.";
        return HasParameter(url, EndPointAddress.DeviceParameter) ? "must not have a 'device' parameter: set DeviceId."
            : HasParameter(url, EndPointAddress.TokenParameter) ? "must not have an 'access_token' parameter: set AccessTokenProvider."
            : null;
    }

    private static bool HasParameter(Uri url, string name)
        => url.Query.TrimStart('?').Split('&').Any(pair => string.Equals(pair.Split('=')[0], name, StringComparison.OrdinalIgnoreCase));
}
