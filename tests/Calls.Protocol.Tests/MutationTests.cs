using System.Text;

namespace Calls.Protocol.Tests;

public sealed class MutationTests
{
    private static readonly byte[][] Texts = [.. Samples.All.Select(sample => Encoding.UTF8.GetBytes(sample.Wire))];

    private static readonly byte[][] Pieces =
    [
        .. ((string[])["null", "true", "{}", "[]", "-1", "1e999", "\"\"", "\"type\":", "\"callId\":", "\\u0000", "\\ud800", ",", ":", "\"", "{", "}", "[", "]"])
            .Select(Encoding.UTF8.GetBytes),
        [0x00], [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80],
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void X8_whatever_becomes_of_a_message_reading_it_never_throws(int seed)
    {
        var random = new Random(seed);
        var read = 0;
        for (var i = 0; i < 25_000; i++)
        {
            var text = Mutate(random, [.. Texts[random.Next(Texts.Length)]]);

            // What can be read can also be written and read again, and is still the same.
            if (!SignalingJson.TryParse(text.ToArray(), out var message, out var error))
            {
                error.Should().NotBeNullOrEmpty();
                continue;
            }

            read++;
            var again = SignalingJson.Serialize(message);
            SignalingJson.TryParse(again, out var second, out error).Should().BeTrue("{0}: {1}", Encoding.UTF8.GetString(again), error);
            SignalingJson.Serialize(second!).Should().Equal(again);
        }

        read.Should().BeGreaterThan(500, "a test that reads nothing tests little");
    }

    private static List<byte> Mutate(Random random, List<byte> text)
    {
        for (var times = random.Next(1, 4); times > 0 && text.Count > 0; times--)
        {
            var at = random.Next(text.Count);
            switch (random.Next(6))
            {
                case 0:
                    text[at] = (byte)random.Next(256);
                    break;
                case 1:
                    text[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    text.RemoveRange(at, random.Next(Math.Min(20, text.Count - at)));
                    break;
                case 3:
                    text.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 4:
                    text.InsertRange(at, text.GetRange(at, random.Next(Math.Min(40, text.Count - at))));
                    break;
                default:
                    var other = Texts[random.Next(Texts.Length)];
                    text.RemoveRange(at, text.Count - at);
                    text.AddRange(other[random.Next(other.Length)..]);
                    break;
            }
        }

        return text;
    }
}
