using Calls.Media.WebRtc.Rtp;
using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Tests.Rtp;

public class RtpFuzzTests
{
    [Fact]
    public void Whatever_comes_a_session_takes_it_or_leaves_it()
    {
        SessionPair pair = new();
        var now = TimeSpan.Zero;
        Fuzz.Run(share: 2, (random, _) =>
        {
            now += TimeSpan.FromMilliseconds(random.Next(30));
            var packet = random.Next(2) == 0 ? Media(random, pair.Second.Agreement) : Report(random, pair.Second.Streams);
            for (var i = random.Next(4); i > 0 && packet.Length > 0; i--)
                packet[random.Next(packet.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                packet = packet[..random.Next(packet.Length + 1)];
            if (RtpPacket.IsRtcp(packet))
                pair.Second.Session.ReceiveRtcp(packet, now);
            else
                pair.Second.Session.ReceiveRtp(packet, now);
            if (pair.Second.Session.NextTimeout <= now)
                pair.Second.Session.HandleTimeout(now);
        });
    }

    private static byte[] Media(Random random, SessionAgreement agreement)
    {
        var packet = new byte[random.Next(12, 200)];
        random.NextBytes(packet);
        packet[0] = (byte)(0x80 | random.Next(0x40));
        var codec = agreement.Video!.Codecs[0];
        packet[1] = random.Next(4) switch
        {
            0 => codec.ReceiveRetransmissionType!.Value,
            1 => agreement.Audio!.Codecs[0].ReceivePayloadType,
            _ => (byte)(codec.ReceivePayloadType | random.Next(2) << 7),
        };
        // Often a stream that could be one.
        if (random.Next(3) > 0)
            new byte[] { 0x80, packet[1], (byte)random.Next(2), packet[3], 0, 0, 0, packet[7], 0, 0, 0, 7 }.CopyTo(packet, 0);
        return packet;
    }

    private static byte[] Report(Random random, LocalStreams own)
    {
        var packet = new byte[4 * random.Next(2, 40)];
        random.NextBytes(packet);
        packet[0] = (byte)(0x80 | random.Next(0x40));
        packet[1] = (byte)random.Next(200, 208);
        (packet[2], packet[3]) = (0, (byte)(packet.Length / 4 - 1));
        if (packet.Length >= 12 && random.Next(2) == 0)
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), own.Video.Ssrc!.Value);
        return packet;
    }
}
