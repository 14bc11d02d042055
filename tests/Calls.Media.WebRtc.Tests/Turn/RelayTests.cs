using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Tests.Ice;

namespace Calls.Media.WebRtc.Tests.Turn;

/// <summary>Calls through a real coturn.</summary>
public class RelayTests
{
    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task B44_Relay_only_connects_through_the_server_and_tells_no_other_address(string transport)
    {
        await using var server = await Coturn.StartAsync();
        using TransportPair pair = new(RelayOnly(server, transport), RelayOnly(server, transport));
        await pair.ConnectAsync();

        await pair.First.SendAsync([20, 1, 2, 3, 4]);
        await pair.Second.SendAsync(Packet(1201));
        await pair.First.SendAsync(Packet(1399));

        pair.First.Transport.Statistics!.IsRelayed.Should().BeTrue();
        foreach (var line in pair.First.Told.Concat(pair.Second.Told))
            line.Should().Contain(" typ relay raddr 0.0.0.0 rport 0");
    }

    [Fact]
    public async Task A_relay_on_one_side_reaches_the_other_sides_host()
    {
        await using var server = await Coturn.StartAsync();
        using TransportPair pair = new(RelayOnly(server, "udp"));
        await pair.ConnectAsync();

        await pair.First.SendAsync(Packet(300));
        await pair.Second.SendAsync(Packet(301));

        pair.Second.Transport.Statistics!.IsRelayed.Should().BeTrue();
    }

    [Fact]
    public async Task S12_A_direct_way_is_taken_where_there_is_one()
    {
        await using var server = await Coturn.StartAsync();
        using TransportPair pair = new(new() { Servers = [server.Ice(), server.Stun()], WithLoopback = true });
        await pair.ConnectAsync();
        await pair.First.Ended.Task.WaitAsync(TransportPair.Patience);

        pair.First.Told.Should().Contain(line => line.Contains("typ relay", StringComparison.Ordinal));
        pair.First.Transport.Statistics!.IsRelayed.Should().BeFalse();
    }

    [Fact]
    public async Task B45_A_server_that_is_not_there_keeps_nobody_from_connecting()
    {
        var absent = ServerPort.Free();
        IceTransportSettings settings = new()
        {
            Servers = [new() { Urls = [$"turn:127.0.0.1:{absent}", $"turn:127.0.0.1:{absent}?transport=tcp", $"turn:[::1]:{absent}"], Username = "a", Credential = "b" }],
            WithLoopback = true,
            GatheringTimeout = TimeSpan.FromSeconds(1),
        };
        using TransportPair pair = new(settings, settings);
        await pair.ConnectAsync();
        await pair.First.SendAsync([20, 1]);
        await pair.First.Ended.Task.WaitAsync(TransportPair.Patience);
    }

    [Fact]
    public async Task With_a_wrong_password_there_is_no_candidate_and_gathering_ends()
    {
        await using var server = await Coturn.StartAsync();
        using TransportPair pair = new(new() { Servers = [server.Ice(password: "wrong")], RelayOnly = true });
        pair.First.Transport.StartGathering();

        await pair.First.Ended.Task.WaitAsync(TransportPair.Patience);

        pair.First.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task A_certificate_that_the_system_does_not_trust_is_refused()
    {
        await using var server = await Coturn.StartAsync();
        using TransportPair pair = new(new() { Servers = [server.Ice("tls")], RelayOnly = true });
        pair.First.Transport.StartGathering();

        await pair.First.Ended.Task.WaitAsync(TransportPair.Patience);

        pair.First.Told.Should().BeEmpty();
    }

    private static IceTransportSettings RelayOnly(Coturn server, string transport) => new()
    {
        Servers = [server.Ice(transport)],
        RelayOnly = true,
        CertificateValidation = (_, certificate, _, _) => certificate!.Subject == "CN=calls.test",
    };

    private static byte[] Packet(int length)
    {
        var packet = new byte[length];
        packet[0] = 128;
        packet[^1] = 9;
        return packet;
    }
}
