using System.Buffers.Binary;
using Calls.Media.WebRtc.Srtp;

namespace Calls.Media.WebRtc.Tests.Srtp;

/// <summary>A sender and a receiver with the same random keys.</summary>
internal sealed class SrtpPair : IDisposable
{
    public const uint Source = 0xCAFEBABE;

    public SrtpPair(string name, int seed = 1)
    {
        var profile = Enum.Parse<SrtpProfile>(name);
        Random random = new(seed);
        byte[] key = new byte[SrtpProfiles.KeyLength], salt = new byte[profile.SaltLength()];
        random.NextBytes(key);
        random.NextBytes(salt);
        Sender = new(profile, key, salt);
        Receiver = new(profile, key, salt);
    }

    public static TheoryData<string> Profiles => [.. SrtpProfiles.Preferred.Select(profile => profile.ToString())];

    public SrtpContext Sender { get; }

    public SrtpContext Receiver { get; }

    public static byte[] Rtp(ushort sequence, uint source = Source, int payload = 20)
    {
        var packet = new byte[12 + payload];
        packet[0] = 0x80;
        packet[1] = 96;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), source);
        for (var i = 12; i < packet.Length; i++)
            packet[i] = (byte)(i + sequence);
        return packet;
    }

    public static byte[] Rtcp(uint source = Source, int payload = 20)
    {
        var packet = new byte[8 + payload];
        packet[0] = 0x80;
        packet[1] = 200;
        packet[3] = (byte)(packet.Length / 4 - 1);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), source);
        return packet;
    }

    public byte[] Protect(byte[] packet)
    {
        byte[] buffer = [.. packet, .. new byte[SrtpContext.MaximumOverhead]];
        return buffer[..Sender.ProtectRtp(buffer, packet.Length)];
    }

    public byte[] ProtectRtcp(byte[] packet)
    {
        byte[] buffer = [.. packet, .. new byte[SrtpContext.MaximumOverhead]];
        return buffer[..Sender.ProtectRtcp(buffer, packet.Length)];
    }

    public byte[]? Open(byte[] packet)
    {
        byte[] copy = [.. packet];
        return Receiver.TryUnprotectRtp(copy, out var length) ? copy[..length] : null;
    }

    public byte[]? OpenRtcp(byte[] packet)
    {
        byte[] copy = [.. packet];
        return Receiver.TryUnprotectRtcp(copy, out var length) ? copy[..length] : null;
    }

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}
