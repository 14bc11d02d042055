using System.Net;
using Calls.Media.WebRtc.Tests.Turn;
using Calls.Signaling;

namespace Calls.Media.WebRtc.Tests.Probe;

/// <summary>S15 with a real coturn.</summary>
public class ProbeTests
{
    private static readonly IceServerProbe Quick = Probe();

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task S15_a_server_that_does_all_is_good_and_says_what_it_sees(string transport)
    {
        await using var server = await Coturn.StartAsync();
        var report = await OneAsync(Quick, server.Ice(transport));

        report.Should().BeEquivalentTo(new
        {
            Problem = IceServerProblem.None, Advice = (string?)null, IsGood = true, IsReachable = true, IsAuthenticated = true, IsAllocated = true, IsRelaying = true,
        });
        report.Relayed!.Address.Should().Be(IPAddress.Loopback);
        report.Relayed.Port.Should().BeInRange(49152, 65535);
        report.Mapped!.Address.Should().Be(IPAddress.Loopback);
        report.RoundTripTime.Should().BePositive();
    }

    [Fact]
    public async Task S15_a_STUN_server_says_what_it_sees()
    {
        await using var server = await Coturn.StartAsync();
        var report = await OneAsync(Quick, server.Stun());

        report.Should().BeEquivalentTo(new { IsGood = true, IsReachable = true, IsAuthenticated = (bool?)null, IsAllocated = (bool?)null, IsRelaying = (bool?)null });
        report.Mapped!.Address.Should().Be(IPAddress.Loopback);
        report.RoundTripTime.Should().BePositive();
    }

    [Fact]
    public async Task S15_a_wrong_password_an_unknown_user_and_none_at_all_are_told_apart_from_a_closed_port()
    {
        await using var server = await Coturn.StartAsync();
        foreach (var wrong in new[] { server.Ice(password: "wrong"), server.Ice(user: "nobody"), server.Ice("tcp", password: "wrong") })
        {
            var report = await OneAsync(Quick, wrong);
            report.Should().BeEquivalentTo(new
            {
                Problem = IceServerProblem.WrongCredentials, IsReachable = true, IsAuthenticated = false, IsAllocated = false, IsRelaying = (bool?)null,
            });
            report.Advice.Should().Contain($"'{wrong.Username}'").And.NotContain(wrong.Credential);
        }

        (await OneAsync(Quick, server.Ice(user: null, password: null))).Problem.Should().Be(IceServerProblem.NoCredentials);
    }

    [Fact]
    public async Task X11_a_credential_that_expired_says_since_when()
    {
        await using var server = await Coturn.StartWithSecretAsync();
        var now = TimeProvider.System.GetUtcNow();
        (await OneAsync(Quick, server.IceUntil(now.AddHours(1)))).IsGood.Should().BeTrue();

        var report = await OneAsync(Quick, server.IceUntil(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero)));
        report.Should().BeEquivalentTo(new { Problem = IceServerProblem.ExpiredCredentials, IsReachable = true, IsAuthenticated = false });
        report.Advice.Should().Contain("2024-05-06 07:08:09 UTC");
    }

    [Theory]
    [InlineData("turn:127.0.0.1:{0}", IceServerProblem.NoAnswer, "open UDP port {0}")]
    [InlineData("stun:127.0.0.1:{0}", IceServerProblem.NoAnswer, "open UDP port {0}")]
    [InlineData("turn:127.0.0.1:{0}?transport=tcp", IceServerProblem.NoConnection, "open TCP port {0}")]
    [InlineData("turns:127.0.0.1:{0}", IceServerProblem.NoConnection, "certificate for 127.0.0.1")]
    public async Task S15_a_closed_port_says_which_one_to_open(string url, IceServerProblem problem, string advice)
    {
        var port = ServerPort.Free().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var report = await OneAsync(
            Probe(seconds: 0.5), new IceServer { Urls = [url.Replace("{0}", port, StringComparison.Ordinal)], Username = "a", Credential = "b" });

        report.Should().BeEquivalentTo(new { Problem = problem, IsGood = false, IsReachable = false, IsAuthenticated = (bool?)null, IsAllocated = (bool?)null });
        report.Advice.Should().Contain(advice.Replace("{0}", port, StringComparison.Ordinal));
    }

    [Fact]
    public async Task S15_a_certificate_that_is_not_trusted_is_told_by_the_connection()
    {
        await using var server = await Coturn.StartAsync();
        var report = await OneAsync(new IceServerProbe(new() { Timeout = TimeSpan.FromSeconds(5) }), server.Ice("tls"));
        report.Problem.Should().Be(IceServerProblem.NoConnection);
        report.Advice.Should().Contain("certificate");
    }

    [Fact]
    public async Task S15_a_server_that_may_not_relay_to_itself_is_told_to_allow_it()
    {
        await using var server = await Coturn.StartWithoutLoopbackAsync();
        var report = await OneAsync(Quick, server.Ice());
        report.Should().BeEquivalentTo(new { Problem = IceServerProblem.PeerRefused, IsAllocated = true, IsRelaying = false });
        report.Advice.Should().Contain("127.0.0.1").And.Contain("allow-loopback-peers");
    }

    [Fact]
    public async Task S15_blocked_relay_ports_are_found_by_the_byte_that_does_not_arrive()
    {
        await using var server = await Coturn.StartAsync("--min-port=61200", "--max-port=61230");
        await using (await PacketFilter.CloseAsync(61200, 61230))
        {
            var report = await OneAsync(new IceServerProbe(new() { Timeout = TimeSpan.FromSeconds(2), FirstRelayPort = 61200, LastRelayPort = 61230 }), server.Ice());
            report.Should().BeEquivalentTo(new { Problem = IceServerProblem.NothingRelayed, IsAllocated = true, IsRelaying = false });
            report.Advice.Should().Contain("open UDP ports 61200 to 61230");
        }

        (await OneAsync(Quick, server.Ice())).IsGood.Should().BeTrue("the ports are open again");
    }

    [Fact]
    public async Task S15_relays_at_other_ports_than_expected_work_and_are_told()
    {
        await using var server = await Coturn.StartAsync("--min-port=41200", "--max-port=41230");
        var report = await OneAsync(Quick, server.Ice());
        report.Should().BeEquivalentTo(new { Problem = IceServerProblem.UnexpectedPort, IsGood = false, IsRelaying = true });
        report.Relayed!.Port.Should().BeInRange(41200, 41230);
    }

    [Fact]
    public async Task S15_what_is_no_address_and_what_has_none_is_told_beside_what_is_good_and_in_order()
    {
        await using var server = await Coturn.StartAsync();
        var reports = await Quick.ProbeAsync(
        [
            new() { Urls = ["http://127.0.0.1", "stun:does-not-exist.invalid", server.Stun().Urls[0], "turn:127.0.0.1?transport=dtls", ""] }, new(),
        ]);
        reports.Select(report => report.Problem).Should().Equal(
            IceServerProblem.BadUrl, IceServerProblem.UnknownHost, IceServerProblem.None, IceServerProblem.BadUrl, IceServerProblem.BadUrl);
        reports.Where(report => !report.IsGood).Should().OnlyContain(report => report.Advice!.Length > 20);
    }

    [Fact]
    public async Task A_probe_that_is_stopped_throws_and_options_out_of_range_are_refused_at_once()
    {
        using CancellationTokenSource stop = new();
        var probing = Quick.ProbeAsync([new() { Urls = [$"turn:127.0.0.1:{ServerPort.Free()}"], Username = "a", Credential = "b" }], stop.Token);
        await stop.CancelAsync();
        await probing.Awaiting(one => one).Should().ThrowAsync<OperationCanceledException>();

        foreach (var options in new IceServerProbeOptions[] { new() { Timeout = TimeSpan.Zero }, new() { FirstRelayPort = 0 }, new() { FirstRelayPort = 6, LastRelayPort = 5 } })
            options.Invoking(wrong => new IceServerProbe(wrong)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static IceServerProbe Probe(double seconds = 10) => new(new()
    {
        Timeout = TimeSpan.FromSeconds(seconds), CertificateValidation = (_, certificate, _, _) => certificate!.Subject == "CN=calls.test",
    });

    private static async Task<IceServerReport> OneAsync(IceServerProbe probe, IceServer server)
        => (await probe.ProbeAsync([server])).Should().ContainSingle().Subject;
}
