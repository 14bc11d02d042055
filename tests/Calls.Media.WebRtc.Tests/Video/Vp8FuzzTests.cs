using Calls.Media.WebRtc.Video;

namespace Calls.Media.WebRtc.Tests.Video;

public class Vp8FuzzTests
{
    [Fact]
    public void Whatever_comes_the_assembler_takes_it_or_leaves_it()
    {
        Vp8Assembler assembler = new(TimeSpan.FromMilliseconds(400));
        var (number, timestamp, now, shown) = (1L << 48, 0u, TimeSpan.Zero, 0);
        Fuzz.Run(share: 4, (random, _) =>
        {
            var payload = new byte[random.Next(random.Next(4) == 0 ? 1_400 : 20)];
            random.NextBytes(payload);
            // Often a small frame behind the shortest descriptor, whole or damaged.
            if (random.Next(2) == 0)
                payload = [0x10, .. random.Next(2) == 0 ? Pictures.Key(random.Next(12, 60), random) : Pictures.Delta(random.Next(12, 60), random)];
            if (payload.Length > 0 && random.Next(3) == 0)
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
            number += random.Next(20) == 0 ? random.Next(-2_000, 2_000) : 1;
            timestamp += random.Next(3) == 0 ? 3_000u : 0;
            now += TimeSpan.FromMilliseconds(random.Next(20));
            assembler.Add(number, timestamp, random.Next(3) == 0, payload, now);
            while (assembler.TryTake(now, out var frame, out var _, out var _))
            {
                shown++;
                frame.Length.Should().BeInRange(1, Vp8Assembler.MaximumFrame);
            }

            if (random.Next(1_000) == 0)
                assembler.GiveUp();
        });
        shown.Should().BePositive("some are well formed");
    }
}
