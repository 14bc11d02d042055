using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Tests.Sdp;

public class SdpFuzzTests
{
    private static readonly string[] Seeds = [Offers.Chromium, Offers.Firefox, Offers.Safari, Offers.ChromiumAnswer];

    [Fact]
    public void A_mangled_description_is_read_or_refused_and_nothing_else()
    {
        Fuzz.Run(share: 50, (random, seed) =>
        {
            var text = Mangle(random, Seeds[random.Next(Seeds.Length)]);
            var side = Offers.Side();
            try
            {
                Offers.Parsed(side.Answer(side.ReadOffer(text), Offers.End));
            }
            catch (SdpException)
            {
                // A refusal is what a mangled description may expect.
            }
        });
    }

    private static string Mangle(Random random, string text)
    {
        var lines = text.Split("\r\n").ToList();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(lines.Count);
            var line = lines[at];
            switch (random.Next(6))
            {
                case 0: lines.RemoveAt(at); break;
                case 1: lines.Insert(at, lines[random.Next(lines.Count)]); break;
                case 2: lines[at] = line[..random.Next(line.Length + 1)]; break;
                case 3: lines[at] = line.Insert(random.Next(line.Length + 1), $"{(char)random.Next(0, 300)}"); break;
                case 4: lines[at] = line.Replace(' ', (char)random.Next(30, 127)); break;
                default: lines[at] = line.Replace("1", $"{random.NextInt64()}", StringComparison.Ordinal); break;
            }

            if (lines.Count == 0)
                return "";
        }

        return string.Join(random.Next(3) == 0 ? "\n" : "\r\n", lines);
    }
}
