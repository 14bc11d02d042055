using System.Text;
using Calls.Tests.Properties;
using CsCheck;

namespace Calls.Protocol.Tests.Properties;

public sealed class ParserTests
{
    /// <summary>What one reading may take, whatever the text: an exception with its trace.</summary>
    private const long FixedBytes = 16 * 1024;

    /// <summary>The dearest text is a list of empty objects: three bytes make one of some forty, and its place in a list that grows.</summary>
    private const long BytesPerByte = 64;

    [Fact]
    public void X8_whatever_the_bytes_the_parser_says_what_it_read_or_why_not_and_takes_memory_in_proportion()
    {
        long read = 0, refused = 0;
        HostileTexts.Any.Sample(
            text =>
            {
                if (Reads(text))
                    Interlocked.Increment(ref read);
                else
                    Interlocked.Increment(ref refused);
            },
            iter: FuzzRuns.At(),
            print: text => Convert.ToBase64String(text));

        var all = read + refused;
        read.Should().BeGreaterThan(all / 50, "a test that reads nothing tests little");
        refused.Should().BeGreaterThan(all / 2);
    }

    private static bool Reads(byte[] text)
    {
        // The first reading of its kind pays for what the runtime builds once: it is the second that counts.
        if (Taken(text, out var isRead, out var message, out var error) > Allowed(text))
        {
            var taken = Taken(text, out isRead, out message, out error);
            if (taken > Allowed(text))
                Assert.Fail($"{text.Length} bytes took {taken}.");
        }

        if (isRead == (message is null) || isRead == !string.IsNullOrWhiteSpace(error))
            Assert.Fail("A message, or a reason why there is none.");
        if (isRead)
            CanBeWrittenAndReadAgain(message!);
        return isRead;
    }

    private static long Allowed(byte[] text) => FixedBytes + (BytesPerByte * text.Length);

    private static long Taken(byte[] text, out bool isRead, out SignalingMessage? message, out string? error)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        isRead = SignalingJson.TryParse(text, out message, out error);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void CanBeWrittenAndReadAgain(SignalingMessage message)
    {
        var again = SignalingJson.Serialize(message);
        if (!SignalingJson.TryParse(again, out var second, out var error))
            Assert.Fail($"{error} {Encoding.UTF8.GetString(again)}");
        if (!SignalingJson.Serialize(second).AsSpan().SequenceEqual(again))
            Assert.Fail($"Not the same again: {Encoding.UTF8.GetString(again)}");
    }
}
