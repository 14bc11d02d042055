using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Probe;
using Calls.Media.WebRtc.Turn;
using Calls.Signaling;

namespace Calls.Media.WebRtc;

/// <summary>
/// Tries STUN and TURN servers as a call would use them: is each address reachable, does it take the credentials, does it give a relay, and does a byte really go
/// from one relay to another and back? Each failure says what to open or change.
/// </summary>
public sealed class IceServerProbe
{
    private readonly IceServerProbeOptions _options;
    private readonly TimeProvider _time;

    /// <summary>A probe.</summary>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public IceServerProbe(IceServerProbeOptions? options = null, TimeProvider? timeProvider = null)
    {
        (_options, _time) = (options ?? new(), timeProvider ?? TimeProvider.System);
        _options.Validate();
    }

    /// <summary>Tries every address of the servers, side by side.</summary>
    /// <param name="servers">The servers, as a client is given them.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>One report an address, in their order. Nothing that a server does makes it throw.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<IReadOnlyList<IceServerReport>> ProbeAsync(IEnumerable<IceServer> servers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(servers);
        return await Task.WhenAll(servers.SelectMany(server => server.Urls.Select(url => ProbeAsync(url, server, cancellationToken)))).ConfigureAwait(false);
    }

    private async Task<IceServerReport> ProbeAsync(string url, IceServer server, CancellationToken cancellationToken)
    {
        IceServerReport report = new() { Url = url };
        if (IceServerAddress.Parse(url, server.Username, server.Credential) is not { } address)
            return report with { Problem = IceServerProblem.BadUrl, Advice = ProbeAdvice.BadUrl(url) };
        IReadOnlyList<IPEndPoint> endPoints;
        try
        {
            endPoints = await address.ResolveAsync(cancellationToken).AsTask().WaitAsync(_options.Timeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException)
        {
            return report with { Problem = IceServerProblem.UnknownHost, Advice = ProbeAdvice.UnknownHost(address) };
        }

        foreach (var endPoint in endPoints)
        {
            report = await TryAsync(address, endPoint, cancellationToken).ConfigureAwait(false);
            // A name may have an address of a family that this machine has no way to.
            if (report.IsReachable)
                break;
        }

        return report;
    }

    private Task<IceServerReport> TryAsync(IceServerAddress address, IPEndPoint endPoint, CancellationToken cancellationToken)
        => address.IsTurn ? RelayAsync(address, endPoint, cancellationToken) : BindingAsync(address, endPoint, cancellationToken);

    private async Task<IceServerReport> BindingAsync(IceServerAddress address, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var (mapped, took) = await BindingQuestion.AskAsync(endPoint, _options.Timeout, _time, cancellationToken).ConfigureAwait(false);
        IceServerReport report = new() { Url = address.Url, IsReachable = mapped is not null, Mapped = mapped, RoundTripTime = took };
        return mapped is not null ? report
            : report with { Problem = IceServerProblem.NoAnswer, Advice = ProbeAdvice.NoAnswer(address, _options) };
    }

    private async Task<IceServerReport> RelayAsync(IceServerAddress address, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using ProbedRelay first = new(address, endPoint, _options, _time);
        if (await first.AllocateAsync(cancellationToken).ConfigureAwait(false) is { } failure)
            return Failed(first, failure, address);
        var report = Given(first, address);
        using ProbedRelay second = new(address, endPoint, _options, _time);
        if (await second.AllocateAsync(cancellationToken).ConfigureAwait(false) is { } secondFailure)
            return Failed(second, secondFailure, address) with { IsAllocated = true, Relayed = report.Relayed, Mapped = report.Mapped };

        var refusals = await Task.WhenAll(first.PermitAsync(second, cancellationToken), second.PermitAsync(first, cancellationToken)).ConfigureAwait(false);
        if (refusals.FirstOrDefault(one => one is not null) is not null)
            return report with { IsRelaying = false, Problem = IceServerProblem.PeerRefused, Advice = ProbeAdvice.PeerRefused(report.Relayed!) };
        if (!await first.ReachesAsync(second, cancellationToken).ConfigureAwait(false) || !await second.ReachesAsync(first, cancellationToken).ConfigureAwait(false))
            return report with { IsRelaying = false, Problem = IceServerProblem.NothingRelayed, Advice = ProbeAdvice.NothingRelayed(report.Relayed!, _options) };
        report = report with { IsRelaying = true };
        var unexpected = new[] { first, second }.Select(one => one.Relayed!.Port).Where(port => port < _options.FirstRelayPort || port > _options.LastRelayPort).ToArray();
        return unexpected.Length == 0 ? report
            : report with { Problem = IceServerProblem.UnexpectedPort, Advice = ProbeAdvice.UnexpectedPort(unexpected[0], _options) };
    }

    private IceServerReport Failed(ProbedRelay relay, TurnFailure failure, IceServerAddress address)
    {
        var (problem, advice) = ProbeAdvice.Of(failure, address, _options, _time.GetUtcNow());
        var isAnswered = relay.IsReachable;
        var isKnown = problem is IceServerProblem.NoCredentials or IceServerProblem.WrongCredentials or IceServerProblem.ExpiredCredentials ? false : (bool?)true;
        return new IceServerReport
        {
            Url = address.Url, Problem = problem, Advice = advice, IsReachable = isAnswered, IsAuthenticated = isAnswered ? isKnown : null,
            IsAllocated = isAnswered ? false : null, RoundTripTime = relay.RoundTripTime,
        };
    }

    private static IceServerReport Given(ProbedRelay relay, IceServerAddress address) => new()
    {
        Url = address.Url, IsReachable = true, IsAuthenticated = true, IsAllocated = true, RoundTripTime = relay.RoundTripTime, Mapped = relay.Mapped,
        Relayed = relay.Relayed,
    };
}
