using System.Buffers.Binary;
using System.Net;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Tests.Stun;

public class StunFuzzTests
{
    [Fact]
    public void Whatever_comes_the_parser_takes_it_or_leaves_it()
    {
        var read = 0;
        Fuzz.Run(share: 1, (random, seed) =>
        {
            var packet = Make(random);
            if (!StunMessage.TryParse(packet, out var message))
                return;
            read++;
            _ = message.ErrorCode();
            _ = message.HasIntegrity("key"u8);
            _ = message.Address(StunAttribute.XorMappedAddress);
            var attributes = message.Attributes();
            while (attributes.MoveNext())
            {
                _ = message.Text(attributes.Type);
                _ = message.Number(attributes.Type);
                _ = message.LongNumber(attributes.Type);
                _ = message.Address(attributes.Type);
            }
        });
        read.Should().BePositive("some are well formed");
    }

    private static byte[] Make(Random random)
    {
        var buffer = new byte[400];
        StunWriter writer = new(buffer, (StunClass)random.Next(4), (StunMethod)random.Next(0x1000), TransactionId.Create());
        StunAttribute[] types = Enum.GetValues<StunAttribute>();
        for (var i = random.Next(8); i > 0; i--)
        {
            var value = new byte[random.Next(24)];
            random.NextBytes(value);
            writer.Add(random.Next(8) == 0 ? (StunAttribute)random.Next(0x10000) : types[random.Next(types.Length)], value);
        }

        if (random.Next(3) == 0)
            writer.Add(StunAttribute.XorMappedAddress, new TransportAddress(IPAddress.IPv6Loopback, random.Next(65536)));
        if (random.Next(2) == 0)
            writer.AddIntegrity("key"u8);
        if (random.Next(2) == 0)
            writer.AddFingerprint();
        var packet = writer.Finish().ToArray();
        for (var i = random.Next(3); i > 0; i--)
            packet[random.Next(packet.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0)
        {
            packet = packet[..random.Next(packet.Length + 1)];
            if (packet.Length >= 4)
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)Math.Max(0, packet.Length - 20));
        }

        return packet;
    }
}
