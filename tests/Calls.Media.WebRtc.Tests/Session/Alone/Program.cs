using System.Globalization;
using Calls.Media.WebRtc.Beat;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Tests.Beat;
using Calls.Media.WebRtc.Tests.Ice;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>
/// A call in a process of its own, from which a system call is taken before anything begins: <see cref="ForbiddenRingTests"/> starts it. The first argument is the number of the
/// system call (0: none), the second the error that it fails with. Writes <see cref="Heard"/> when both have heard each other, and before it how the beat sends.
/// </summary>
internal static class Program
{
    public const string Heard = "heard", Together = "together", AtOnce = "at once", NoFilters = "no filters";

    public static async Task<int> Main(string[] arguments)
    {
        var (call, error) = (uint.Parse(arguments[0], CultureInfo.InvariantCulture), uint.Parse(arguments[1], CultureInfo.InvariantCulture));
        if (call != 0 && !ForbiddenCalls.TryForbidToProcess(call, error))
        {
            Console.WriteLine(NoFilters);
            return 0;
        }

        EngineEnd alice = new(440, clip: 1), bob = new(660, clip: 2);
        var hasBatch = false;
        await using var both = await EngineCall.ConnectAsync(alice, bob, video: true);
        using (MediaBeat.Of(TimeProvider.System).Listen(new Hearing(_ => hasBatch |= DatagramBatch.Current is not null)))
            await EngineCall.Until(() => alice.Tone == 660 && bob.Tone == 440 && alice.Pictures.Count > 5 && bob.Pictures.Count > 5, "each hears and sees the other");
        var figures = (await both.First.StatisticsAsync())!;
        figures.PacketsLost.Should().Be(0);
        Console.WriteLine(hasBatch ? Together : AtOnce);
        Console.WriteLine(Heard);
        return 0;
    }
}
