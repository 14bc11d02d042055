using Calls.Media.WebRtc.Dtls;
using Calls.Media.WebRtc.Srtp;
using Calls.Media.WebRtc.Tests.Srtp;

namespace Calls.Media.WebRtc.Tests.Dtls;

public sealed class DtlsTransportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Both_sides_get_the_keys_of_either_direction()
    {
        using DtlsLink link = new();
        var (client, server) = await link.ShakeAsync();
        client.Profile.Should().Be(SrtpProfile.AeadAes128Gcm);
        server.Profile.Should().Be(SrtpProfile.AeadAes128Gcm);
        Passes(client, server).Should().BeTrue();
        Passes(server, client).Should().BeTrue();
        Passes(client, client).Should().BeFalse("each direction has keys of its own");
    }

    [Fact]
    public async Task A_handshake_takes_few_datagrams()
    {
        // On a busy machine a flight would be sent again before it is answered.
        using DtlsLink link = new(settings: new() { Retransmission = Patience });
        await link.ShakeAsync().WaitAsync(Patience);
        link.Datagrams.Should().BeLessThanOrEqualTo(5, "a flight goes in one datagram");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task X9_A_wrong_fingerprint_is_refused_before_there_is_a_key(bool isServersWrong)
    {
        using DtlsLink link = isServersWrong ? new(ofServer: DtlsLink.One.Fingerprint) : new(ofClient: DtlsLink.Other.Fingerprint);
        var (client, server) = (link.Client.HandshakeAsync(), link.Server.HandshakeAsync());
        var (refusing, refused) = isServersWrong ? (client, server) : (server, client);
        (await refusing.Awaiting(task => task).Should().ThrowAsync<DtlsException>()).WithMessage("*fingerprint*");
        await refused.Awaiting(task => task).Should().ThrowAsync<DtlsException>();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_handshake_gets_through_where_a_quarter_of_the_datagrams_is_lost(int seed)
    {
        using DtlsLink link = new(seed, DtlsLink.Lossy(25));
        var (client, server) = await link.ShakeAsync().WaitAsync(Patience);
        Passes(client, server).Should().BeTrue();
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_handshake_gets_through_where_one_datagram_is_lost(int lost)
    {
        var count = 0;
        using DtlsLink link = new(fate: (_, datagram) => ++count == lost ? [] : [datagram]);
        await link.ShakeAsync().WaitAsync(Patience);
    }

    [Fact]
    public void A_flight_waits_a_tenth_of_a_second_before_it_is_sent_again()
    {
        DtlsTerms terms = new(DtlsRole.Client, DtlsLink.One, [], new DtlsSettings().Retransmission);
        new ClientPeer(terms).GetHandshakeResendTimeMillis().Should().Be(100);
        new ServerPeer(terms).GetHandshakeResendTimeMillis().Should().Be(100);
    }

    [Fact]
    public async Task Closing_is_told_to_the_other_side_at_once_and_once()
    {
        using DtlsLink link = new();
        await link.ShakeAsync();
        TaskCompletionSource closed = new();
        var count = 0;
        link.Server.Closed += () =>
        {
            count++;
            closed.TrySetResult();
        };
        link.Client.Close();
        await closed.Task.WaitAsync(Patience);
        link.Client.Close();
        link.Server.Close();
        count.Should().Be(1);
    }

    [Fact]
    public async Task A_handshake_that_nobody_answers_ends_when_it_is_cancelled_or_closed_or_took_too_long()
    {
        using DtlsLink cancelled = new(fate: (_, _) => []), closed = new(fate: (_, _) => []),
            late = new(fate: (_, _) => [], settings: new() { Timeout = TimeSpan.FromMilliseconds(50) });
        using CancellationTokenSource cancel = new();
        var first = cancelled.Client.HandshakeAsync(cancel.Token);
        await cancel.CancelAsync();
        await first.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        var second = closed.Client.HandshakeAsync();
        closed.Client.Close();
        await second.Awaiting(task => task).Should().ThrowAsync<DtlsException>();
        await late.Server.Awaiting(server => server.HandshakeAsync()).Should().ThrowAsync<DtlsException>();
    }

    [Fact]
    public async Task Fifty_handshakes_at_once_succeed()
    {
        var links = Enumerable.Range(0, 50).Select(_ => new DtlsLink()).ToArray();
        await Task.WhenAll(links.Select(link => link.ShakeAsync())).WaitAsync(Patience);
        Array.ForEach(links, link => link.Dispose());
    }

    private static bool Passes(DtlsKeys from, DtlsKeys to)
    {
        using var sender = from.CreateSender();
        using var receiver = to.CreateReceiver();
        byte[] packet = [.. SrtpPair.Rtp(1), .. new byte[SrtpContext.MaximumOverhead]];
        return receiver.TryUnprotectRtp(packet.AsSpan(0, sender.ProtectRtp(packet, packet.Length - SrtpContext.MaximumOverhead)), out _);
    }
}
