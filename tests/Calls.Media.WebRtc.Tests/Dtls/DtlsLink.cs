using Calls.Media.WebRtc.Dtls;

namespace Calls.Media.WebRtc.Tests.Dtls;

/// <summary>A client and a server, and a network between them that loses and repeats by a seed.</summary>
internal sealed class DtlsLink : IDisposable
{
    public static readonly DtlsCertificate One = DtlsCertificate.Create(TimeProvider.System);
    public static readonly DtlsCertificate Other = DtlsCertificate.Create(TimeProvider.System);

    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly Func<Random, byte[], IEnumerable<byte[]>> _fate;

    public DtlsLink(
        int seed = 1, Func<Random, byte[], IEnumerable<byte[]>>? fate = null, DtlsFingerprint? ofServer = null, DtlsFingerprint? ofClient = null,
        DtlsSettings? settings = null)
    {
        _random = new(seed);
        _fate = fate ?? ((_, datagram) => [datagram]);
        Client = new(One, DtlsRole.Client, [ofServer ?? Other.Fingerprint], datagram => Carry(datagram, () => Server!), settings);
        Server = new(Other, DtlsRole.Server, [ofClient ?? One.Fingerprint], datagram => Carry(datagram, () => Client), settings);
    }

    public DtlsTransport Client { get; }

    public DtlsTransport Server { get; }

    public int Datagrams { get; private set; }

    public async Task<(DtlsKeys Client, DtlsKeys Server)> ShakeAsync()
    {
        var server = Server.HandshakeAsync();
        var client = Client.HandshakeAsync();
        await Task.WhenAll(server, client);
        return (await client, await server);
    }

    /// <summary>Loses or repeats datagrams, each with a probability in percent.</summary>
    public static Func<Random, byte[], IEnumerable<byte[]>> Lossy(int percent) => (random, datagram)
        => random.Next(100) < percent ? [] : random.Next(100) < percent ? [datagram, datagram] : [datagram];

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private void Carry(ReadOnlySpan<byte> datagram, Func<DtlsTransport> to)
    {
        byte[][] arriving;
        lock (_gate)
        {
            Datagrams++;
            arriving = [.. _fate(_random, datagram.ToArray())];
        }

        // A network never calls back into the one who sends.
        if (arriving.Length > 0)
            ThreadPool.UnsafeQueueUserWorkItem(_ => Array.ForEach(arriving, one => to().Receive(one)), null);
    }
}
