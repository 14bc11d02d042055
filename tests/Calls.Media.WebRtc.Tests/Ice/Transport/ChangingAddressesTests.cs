using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>What a transport makes of addresses that come and go.</summary>
public class ChangingAddressesTests
{
    private static readonly IPAddress One = IPAddress.Loopback, Two = IPAddress.Parse("127.0.0.2");
    private IPAddress[] _addresses = [One];

    [Fact]
    public async Task B36_A_call_goes_on_from_the_address_that_came()
    {
        LocalAddresses addresses = new(() => _addresses);
        using TransportPair pair = new(new() { Addresses = addresses }, new() { Addresses = addresses });
        await pair.ConnectAsync();
        _addresses = [One, Two];
        addresses.Refresh();
        _addresses = [Two];
        addresses.Refresh();

        await pair.First.SendAsync([20, 1]);
        await pair.Second.SendAsync([20, 2]);
        pair.First.Transport.Statistics!.Pair.Should().NotContain("127.0.0.1:");
    }

    [Fact]
    public async Task B36_An_address_that_came_during_a_restart_that_is_taken_back_is_told_again_for_the_generation_that_stays()
    {
        LocalAddresses addresses = new(() => _addresses);
        using TransportPair pair = new(new() { Addresses = addresses }, new() { Addresses = new(() => [One]) });
        await pair.ConnectAsync();
        var agreed = pair.First.Transport.LocalCredentials.Ufrag;
        pair.First.Transport.Restart();
        _addresses = [One, Two];
        addresses.Refresh();
        OfTheAgreed().Should().NotContain(line => line.Contains("127.0.0.2 ", StringComparison.Ordinal));

        var before = OfTheAgreed().Count;
        pair.First.Transport.CancelRestart();
        OfTheAgreed().Skip(before).Should().ContainSingle("the others are known").Which.Should().Contain("127.0.0.2 ");
        pair.First.Transport.CancelRestart();
        OfTheAgreed().Should().HaveCount(before + 1);

        List<string> OfTheAgreed() => [.. pair.First.Told.Where(line => line.Contains($"ufrag {agreed}", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task B36_Ends_that_have_no_pair_at_first_wait_for_the_network_that_comes()
    {
        LocalAddresses first = new(() => [One]), second = new(() => _addresses);
        _addresses = [IPAddress.IPv6Loopback];
        using TransportPair pair = new(new() { Addresses = first }, new() { Addresses = second });
        pair.Introduce();
        pair.First.Transport.StartGathering();
        pair.Second.Transport.StartGathering();
        await Task.WhenAll(pair.First.Ended.Task, pair.Second.Ended.Task).WaitAsync(TransportPair.Patience);
        (pair.First.Transport.State, pair.Second.Transport.State).Should().Be((IceState.Checking, IceState.Checking));

        _addresses = [IPAddress.IPv6Loopback, One];
        second.Refresh();
        await Task.WhenAll(pair.First.Connected.Task, pair.Second.Connected.Task).WaitAsync(TransportPair.Patience);
    }

    [Fact]
    public async Task B36_A_server_that_could_not_be_reached_is_asked_again_on_the_next_network_and_at_a_restart()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        LocalAddresses addresses = new(() => _addresses);
        using TransportPair pair = new(new()
        {
            Addresses = addresses,
            RelayOnly = true,
            Servers = [new() { Urls = [$"turn:{server.LocalEndpoint}?transport=tcp"], Username = "a", Credential = "b" }],
        });
        pair.First.Transport.StartGathering();
        await RefuseAsync();
        await pair.First.Ended.Task.WaitAsync(TransportPair.Patience);

        // Until the refusal was heard, the server counts as being asked.
        await ConnectsAsync(after: Change);
        await RefuseAsync();
        await ConnectsAsync(after: () => pair.First.Transport.Restart());

        void Change()
        {
            _addresses = _addresses[0] == One ? [Two] : [One];
            addresses.Refresh();
        }

        async Task RefuseAsync() => (await server.AcceptSocketAsync().WaitAsync(TransportPair.Patience)).Dispose();

        async Task ConnectsAsync(Action after)
        {
            var since = TimeProvider.System.GetTimestamp();
            while (!server.Pending())
            {
                TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(TransportPair.Patience, "the server is asked again");
                after();
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }
    }
}
