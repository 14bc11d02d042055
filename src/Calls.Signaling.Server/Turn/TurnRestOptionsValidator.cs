using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>Holds <see cref="TurnRestOptions"/> to their ranges. No sentence here repeats the secret.</summary>
internal sealed class TurnRestOptionsValidator : IValidateOptions<TurnRestOptions>
{
    public ValidateOptionsResult Validate(string? name, TurnRestOptions options)
    {
        List<string> wrong = [];
        if (string.IsNullOrWhiteSpace(options.Secret))
            wrong.Add("TurnRestOptions.Secret is missing: set it to the static-auth-secret of the TURN servers.");
        if (options.Urls.Count == 0 || !options.Urls.All(IsTurn))
            wrong.Add("TurnRestOptions.Urls must be turn: or turns: addresses, at least one.");
        if (options.Lifetime < TimeSpan.FromMinutes(1) || options.Lifetime > TimeSpan.FromDays(7))
            wrong.Add(FormattableString.Invariant($"TurnRestOptions.Lifetime is {options.Lifetime.TotalSeconds} s; it must be 60 to 604800 s."));
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsTurn(string? url)
        => url is not null && (url.StartsWith("turn:", StringComparison.Ordinal) || url.StartsWith("turns:", StringComparison.Ordinal));
}
