using Calls.Media.WebRtc.Beat;
using Calls.Media.WebRtc.Tests.Session;

namespace Calls.Media.WebRtc.Tests.Beat;

public class BeatThreadTests
{
    [Fact]
    public async Task It_ticks_on_one_thread_which_leaves_when_it_rests_and_comes_again()
    {
        var ticks = 0;
        Thread? thread = null;
        var isPools = false;
        BeatThread beat = new(() =>
        {
            ticks++;
            thread = Thread.CurrentThread;
            isPools |= thread.IsThreadPoolThread;
            return TimeSpan.FromMilliseconds(1);
        });
        for (var round = 0; round < 2; round++)
        {
            beat.Begin();
            beat.Begin();
            var begun = Volatile.Read(ref ticks);
            await EngineCall.Until(() => Volatile.Read(ref ticks) > begun + 20, "it ticks");
            beat.Rest();
            await EngineCall.Until(() => !thread!.IsAlive, "the thread leaves");
        }

        isPools.Should().BeFalse();
    }
}
