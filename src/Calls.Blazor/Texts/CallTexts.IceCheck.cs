namespace Calls.Blazor;

public partial class CallTexts
{
    /// <summary>The name of the check of STUN and TURN servers, for screen readers.</summary>
    public virtual string IceCheck => "Connection check";

    /// <summary>How the check stands, as one sentence.</summary>
    /// <param name="done">How many addresses are done with.</param>
    /// <param name="good">How many of those are good.</param>
    /// <param name="all">How many there are.</param>
    public virtual string IceCheckStatus(int done, int good, int all) => (done, good) switch
    {
        _ when done < all => $"Checking: {done} of {all} done",
        _ when good == all => "Everything works",
        (_, 0) => "Nothing works",
        _ => $"{good} of {all} work",
    };

    /// <summary>There is no STUN or TURN server to check.</summary>
    public virtual string IceCheckNoServers
        => "No STUN or TURN server is configured. Calls connect on one network; between two networks most of them need a TURN server.";

    /// <summary>Begins the check anew.</summary>
    public virtual string IceCheckAgain => "Check again";

    /// <summary>The heading of what the browser has without a server.</summary>
    public virtual string IceCheckOwn => "This browser";

    /// <summary>The state of an address, in a word or two.</summary>
    /// <param name="result">What became of it; null: it is not known yet.</param>
    public virtual string IceCheckState(IceCheckResult? result) => result switch
    {
        null => "Checking",
        { Problem: IceCheckProblem.None } => "Works",
        _ => "Does not work",
    };

    /// <summary>Where a candidate's address is from.</summary>
    public virtual string IceCheckCandidate(IceCandidateKind kind) => kind switch
    {
        IceCandidateKind.Host => "Own address",
        IceCandidateKind.SeenFromOutside => "Seen from outside",
        _ => "Relay",
    };

    /// <summary>In place of an address that the browser does not tell.</summary>
    public virtual string IceCheckHidden => "hidden by the browser";

    /// <summary>What the result of an address means: that it is good, or what to open or change.</summary>
    public virtual string IceCheckMeaning(IceCheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Problem switch
        {
            IceCheckProblem.None when result.Url.Length == 0 => "It has addresses of its own: calls on this network can connect directly.",
            IceCheckProblem.None when result.RoundTripTime is { } trip => FormattableString.Invariant(
                $"It gives relays, and a word through two of them came back after {trip.TotalMilliseconds:0} ms: calls can go through it where nothing else is open."),
            IceCheckProblem.None => "It answers: most home networks can be crossed with it.",
            IceCheckProblem.BadUrl => $"The browser does not take this address ({result.Reason.TrimEnd('.')}). Write stun:host:port, turn:host:port?transport=udp (or tcp), or turns:host:port?transport=tcp.",
            IceCheckProblem.NoNetwork => "The browser offers no address at all. Connect to a network, allow the microphone for this page, or turn off what blocks WebRTC (an extension, a policy).",
            IceCheckProblem.UnknownHost => $"The name {result.Host} has no address. Correct it, or its DNS record.",
            IceCheckProblem.NoAnswer when result.Transport == "UDP" =>
                $"Nothing answered at {At(result)} over UDP. Start the server there, or open UDP port {result.Port} to it; where a network lets no UDP out, a turns: address over TCP helps.",
            IceCheckProblem.NoAnswer when result.Transport == "TLS" =>
                $"There is no TLS connection to {At(result)}. Start the server there, open TCP port {result.Port} to it, or give it a certificate for {result.Host} that browsers trust.",
            IceCheckProblem.NoAnswer => $"There is no TCP connection to {At(result)}. Start the server there, or open TCP port {result.Port} to it.",
            IceCheckProblem.NoCredentials => "The server wants a user and a password, and none was given. Set Username and Credential.",
            IceCheckProblem.WrongCredentials =>
                $"The server does not know the user '{result.Username}', or not with this password. Compare both with its own (in coturn user, or static-auth-secret with the secret of the app).",
            IceCheckProblem.ExpiredCredentials => $"The credential '{result.Username}' has expired. Ask the app for a fresh one; if it is fresh, compare the clocks of app and server.",
            IceCheckProblem.Forbidden => $"The server gives the user '{result.Username}' no relay (403). Look for a rule against him or against this network's address.",
            IceCheckProblem.QuotaReached => "The user has as many relays as he may (486). Raise the server's limit (in coturn user-quota), or wait until old ones expire.",
            IceCheckProblem.NoCapacity => "The server has no free relay ports (508). Widen its range (in coturn min-port and max-port), or add a server.",
            IceCheckProblem.NothingRelayed =>
                "The server gives relays, but nothing came through two of them. Open its relay ports (UDP 49152 to 65535, unless it says otherwise), and where it is behind a NAT tell it its outer address (in coturn external-ip).",
            _ => FormattableString.Invariant($"The server refused ({result.Code}): {result.Reason}"),
        };
    }

    private static string At(IceCheckResult result) => FormattableString.Invariant($"{result.Host}:{result.Port}");
}
