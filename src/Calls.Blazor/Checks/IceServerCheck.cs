using System.Collections.Immutable;
using System.Globalization;

namespace Calls.Blazor.Checks;

/// <summary>One address, what the browser found out about it so far, and what that means. Pure: a finding makes a new one.</summary>
internal sealed record IceServerCheck(IceQuestion Question)
{
    private const int NotReached = 701;
    private ImmutableArray<(int Code, string Text)> Errors { get; init; } = [];
    private string? Refusal { get; init; }

    public IceAddress? Address { get; } = IceAddress.Parse(Question.Url);

    public ImmutableArray<FoundCandidate> Candidates { get; private init; } = [];

    /// <summary>How long a word took through the relay and back; null: none came back.</summary>
    public TimeSpan? RoundTripTime { get; private init; }

    /// <summary>Whether nothing more comes.</summary>
    public bool IsOver { get; private init; }

    /// <summary>Takes something that was found; what is late or makes no sense changes nothing.</summary>
    public IceServerCheck Take(IceFinding found) => IsOver ? this : found.Kind switch
    {
        "candidate" when FoundCandidate.Parse(found.Text, TimeSpan.FromMilliseconds(found.After)) is { } candidate => this with { Candidates = Candidates.Add(candidate) },
        "error" => this with { Errors = Errors.Add((found.Code, found.Text ?? "")) },
        "echo" when double.TryParse(found.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var trip) => this with { RoundTripTime = TimeSpan.FromMilliseconds(trip) },
        "refused" => this with { Refusal = found.Text ?? "" },
        "over" => this with { IsOver = true },
        _ => this,
    };

    /// <summary>What all that was found means.</summary>
    /// <param name="now">Whether a credential is still good is a matter of time.</param>
    /// <returns>Null: it cannot be told yet.</returns>
    public IceCheckResult? Judge(DateTimeOffset now)
    {
        if (!IsOver)
            return null;
        var (problem, code, reason) = Find(now);
        return new()
        {
            Url = Question.Url, Problem = problem, Host = Address?.Host ?? "", Port = Address?.Port ?? 0, Transport = Address?.Transport ?? "",
            Username = Question.Username, Code = code, Reason = reason, RoundTripTime = RoundTripTime,
        };
    }

    private (IceCheckProblem Problem, int Code, string Reason) Find(DateTimeOffset now)
    {
        if (Refusal is { } refusal)
            return (IceCheckProblem.BadUrl, 0, refusal);
        if (Question.Url.Length == 0)
            return (Candidates.IsEmpty ? IceCheckProblem.NoNetwork : IceCheckProblem.None, 0, "");
        // A server is asked from every network of the machine: what one of them reached, it does not matter that another did not.
        if (Address is { IsRelay: true } ? RoundTripTime is not null : Candidates.Any(candidate => candidate.Kind == IceCandidateKind.SeenFromOutside))
            return (IceCheckProblem.None, 0, "");
        if (Errors.FirstOrDefault(error => error.Code != NotReached) is { Code: > 0 } refused)
            return (Refused(refused.Code, now), refused.Code, refused.Text);
        if (Candidates.Any(candidate => candidate.Kind == IceCandidateKind.Relay))
            return (IceCheckProblem.NothingRelayed, 0, "");
        if (Errors is [var (code, text), ..])
            return (text.Contains("lookup", StringComparison.OrdinalIgnoreCase) ? IceCheckProblem.UnknownHost : IceCheckProblem.NoAnswer, code, text);
        // Where a STUN server sees the machine's own address there is nothing new to tell, and a browser tells nothing.
        return (Address is { IsRelay: true } ? IceCheckProblem.NoAnswer : Candidates.IsEmpty ? IceCheckProblem.NoNetwork : IceCheckProblem.None, 0, "");
    }

    private IceCheckProblem Refused(int code, DateTimeOffset now) => code switch
    {
        401 when string.IsNullOrEmpty(Question.Username) => IceCheckProblem.NoCredentials,
        401 when ExpiryOf(Question.Username) < now => IceCheckProblem.ExpiredCredentials,
        401 => IceCheckProblem.WrongCredentials,
        403 => IceCheckProblem.Forbidden,
        486 => IceCheckProblem.QuotaReached,
        508 => IceCheckProblem.NoCapacity,
        _ => IceCheckProblem.Refused,
    };

    /// <summary>Until when a user name of the TURN REST API is good; null: it is none.</summary>
    private static DateTimeOffset? ExpiryOf(string username)
        => long.TryParse(username.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 1_000_000_000 and < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
