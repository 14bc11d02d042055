using Calls.Media.WebRtc.Dtls;

namespace Calls.Media.WebRtc.Tests.Dtls;

public sealed class DtlsFuzzTests
{
    // A handshake waits for what was damaged to be sent again.
    private const int Handshakes = 3_333;

    [Fact]
    public Task Damaged_datagrams_in_a_handshake_end_it_or_not_but_never_otherwise_than_by_a_typed_failure()
        => Fuzz.RunAsync(Handshakes, async (_, seed) =>
        {
            DtlsSettings brief = new() { Timeout = TimeSpan.FromMilliseconds(400), Retransmission = TimeSpan.FromMilliseconds(20) };
            using DtlsLink link = new(seed, Damaged, settings: brief);
            try
            {
                await link.ShakeAsync();
            }
            catch (DtlsException)
            {
                // That is what a damaged handshake may come to.
            }
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Any_datagram_at_any_time_does_no_harm_to_a_connection(bool toServer)
    {
        using DtlsLink link = new();
        await link.ShakeAsync();
        var (target, peer) = toServer ? (link.Server, link.Client) : (link.Client, link.Server);
        TaskCompletionSource closed = new();
        target.Closed += closed.SetResult;
        Fuzz.Run(share: 10, (random, _) => target.Receive(AnyRecord(random)));
        closed.Task.IsCompleted.Should().BeFalse("none of them was authentic");
        peer.Close();
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Any_first_datagrams_end_in_a_typed_failure_or_are_passed_over(bool toServer)
        => Fuzz.RunAsync(Handshakes, async (random, _) =>
        {
            using DtlsLink link = new(fate: (_, _) => []);
            var target = toServer ? link.Server : link.Client;
            using CancellationTokenSource cancel = new();
            var shaking = target.HandshakeAsync(cancel.Token);
            for (var i = 0; i < 10; i++)
                target.Receive(AnyRecord(random));
            await cancel.CancelAsync();
            try
            {
                await shaking;
            }
            catch (Exception exception) when (exception is DtlsException or OperationCanceledException)
            {
                return;
            }

            throw new InvalidOperationException("Noise is no handshake.");
        });

    private static IEnumerable<byte[]> Damaged(Random random, byte[] datagram)
    {
        if (random.Next(4) == 0)
        {
            for (var i = random.Next(4); i >= 0; i--)
                datagram[random.Next(datagram.Length)] = (byte)random.Next(256);
        }

        return [datagram];
    }

    private static byte[] AnyRecord(Random random)
    {
        var record = new byte[random.Next(1, 200)];
        random.NextBytes(record);
        if (random.Next(5) == 0 || record.Length < 25)
            return record;
        byte[] start = [(byte)random.Next(20, 25), 0xFE, (byte)random.Next(0xFC, 0x100), 0, (byte)random.Next(2), 0, 0, 0, 0, 0, (byte)random.Next(256)];
        start.CopyTo(record, 0);
        (record[11], record[12]) = (0, (byte)(record.Length - 13));
        if (random.Next(2) == 0)
            (record[13], record[14], record[15], record[16]) = ((byte)random.Next(21), 0, 0, (byte)random.Next(record.Length - 13));
        return record;
    }
}
