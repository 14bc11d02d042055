using System.Buffers.Binary;
using System.Security.Cryptography;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Srtp;

namespace Calls.Benchmarks.Media;

/// <summary>The way of a packet: protected, through a socket of loopback on a way that ICE found, opened again. Sender and receiver share the process.</summary>
internal sealed class PacketFigures : IDisposable
{
    private const int HeaderLength = 12;
    private const int MostUnderWay = 64;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    private readonly End _one = new(isControlling: true);
    private readonly End _other = new(isControlling: false);
    private readonly SrtpContext _protects;

    private PacketFigures()
    {
        var profile = SrtpProfile.AeadAes128Gcm;
        var (key, salt) = (RandomNumberGenerator.GetBytes(SrtpProfiles.KeyLength), RandomNumberGenerator.GetBytes(profile.SaltLength()));
        (_protects, _other.Opens) = (new SrtpContext(profile, key, salt), new SrtpContext(profile, key, salt));
    }

    /// <param name="name">What to call it.</param>
    /// <param name="payload">The bytes of a packet's payload.</param>
    public static async Task RunAsync(string name, int payload)
    {
        using PacketFigures figures = new();
        await figures.ConnectAsync();
        figures.Send(payload, TimeSpan.FromSeconds(2)); // Warm.
        Meter meter = new();
        var (sent, received) = figures.Send(payload, Duration);
        var (elapsed, used, allocated) = (meter.Elapsed, meter.Used, meter.Allocated);
        Meter.Print($"{name}_packets_per_s", received / elapsed.TotalSeconds);
        Meter.Print($"{name}_packets_per_core_s", received / used.TotalSeconds);
        Meter.Print($"{name}_bytes_per_packet", (double)allocated / received);
        Meter.Print($"{name}_packets_lost", sent - received);
    }

    public void Dispose()
    {
        _one.Transport.Dispose();
        _other.Transport.Dispose();
        _protects.Dispose();
        _other.Opens?.Dispose();
    }

    private async Task ConnectAsync()
    {
        (_one.Other, _other.Other) = (_other.Transport, _one.Transport);
        _one.Transport.SetRemoteCredentials(_other.Transport.LocalCredentials);
        _other.Transport.SetRemoteCredentials(_one.Transport.LocalCredentials);
        _one.Transport.StartGathering();
        _other.Transport.StartGathering();
        await Task.WhenAll(_one.Connected.Task, _other.Connected.Task).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    private (long Sent, long Received) Send(int payload, TimeSpan duration)
    {
        var packet = new byte[HeaderLength + payload + SrtpContext.MaximumOverhead];
        var (sent, before) = (0L, _other.Received);
        Meter meter = new();
        while (meter.Elapsed < duration)
        {
            for (var i = 0; i < 16; i++)
            {
                packet.AsSpan().Clear();
                (packet[0], packet[1]) = (0x80, 111);
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), _other.NextSequence++);
                packet[11] = 1;
                _one.Transport.Send(packet.AsSpan(0, _protects.ProtectRtp(packet, HeaderLength + payload)));
                sent++;
            }

            // What is under way fits into the socket's buffer; a packet that is lost all the same is waited for no longer than a moment.
            for (var i = 0; i < 10_000 && sent - (_other.Received - before) > MostUnderWay; i++)
                Thread.Yield();
        }

        for (var i = 0; i < 100_000 && _other.Received - before < sent; i++)
            Thread.Yield();
        return (sent, _other.Received - before);
    }

    private sealed class End : IIceTransportSink
    {
        private long _received;

        public End(bool isControlling) => Transport = new IceTransport(isControlling, this, new IceTransportSettings { WithLoopback = true });

        public IceTransport Transport { get; }

        public IceTransport? Other { get; set; }

        public SrtpContext? Opens { get; set; }

        public ushort NextSequence { get; set; }

        public long Received => Volatile.Read(ref _received);

        public TaskCompletionSource Connected { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void PacketArrived(Span<byte> packet)
        {
            if (Opens!.TryUnprotectRtp(packet, out _))
                _received++;
        }

        public void CandidateGathered(string line, string ufrag) => Other!.AddRemoteCandidate(line, ufrag);

        public void GatheringEnded(string ufrag)
        {
        }

        public void StateChanged(IceState state)
        {
            if (state == IceState.Connected)
                Connected.TrySetResult();
        }
    }
}
