using Calls.Media.WebRtc.Session;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Media.WebRtc.Tests.Session;

public class LocalOutputsTests
{
    [Fact]
    public async Task A_display_that_waits_holds_up_neither_the_packets_nor_the_sound()
    {
        using SlowDisplay display = new();
        CountingLoudspeaker loudspeaker = new();
        using LocalOutputs outputs = new(loudspeaker, display, NullLogger.Instance);
        outputs.Show(new VideoFrame([0], TimeSpan.Zero, true));
        await display.Entered.Task.WaitAsync(EngineCall.Patience);

        for (byte i = 1; i <= PictureQueue.Most; i++)
            outputs.Show(new VideoFrame([i], TimeSpan.Zero, false));
        outputs.Play(new short[AudioFrame.Samples]);
        loudspeaker.Frames.Should().Be(1);
        outputs.TakeLoss().Should().BeFalse();
        outputs.Show(new VideoFrame([99], TimeSpan.Zero, false));
        (outputs.TakeLoss(), outputs.TakeLoss()).Should().Be((true, false));

        display.Free.Set();
        await EngineCall.Until(() => display.Count == PictureQueue.Most + 1, "all that found room are shown");
        display.Shown.Should().Equal(Enumerable.Range(0, PictureQueue.Most + 1).Select(i => (byte)i));
    }

    [Fact]
    public async Task What_waits_when_the_call_is_held_is_not_shown_later()
    {
        using SlowDisplay display = new();
        using LocalOutputs outputs = new(null, display, NullLogger.Instance);
        outputs.Show(new VideoFrame([0], TimeSpan.Zero, true));
        await display.Entered.Task.WaitAsync(EngineCall.Patience);
        for (byte i = 1; i <= PictureQueue.Most; i++)
            outputs.Show(new VideoFrame([i], TimeSpan.Zero, false));

        var forgetting = Task.Run(outputs.Forget);
        await EngineCall.Until(() =>
        {
            outputs.Show(new VideoFrame([42], TimeSpan.Zero, true));
            return !outputs.TakeLoss();
        }, "there is room again");
        forgetting.IsCompleted.Should().BeFalse("one is still being shown");
        display.Free.Set();
        await forgetting.WaitAsync(EngineCall.Patience);
        await EngineCall.Until(() => display.Count == 2, "what came later is shown");
        display.Shown.Should().Equal([0, 42]);
    }

    [Fact]
    public void A_loudspeaker_gets_only_frames_of_rates_that_it_takes_and_one_that_cannot_say_is_closed()
    {
        CountingLoudspeaker wide = new();
        using LocalOutputs outputs = new(wide, null, NullLogger.Instance);
        (outputs.Plays(8_000), outputs.Plays(48_000)).Should().Be((false, true));
        outputs.Play(new short[160]);
        wide.Frames.Should().Be(0, "it was asked of another loudspeaker");
        outputs.Play(new short[AudioFrame.Samples]);
        wide.Frames.Should().Be(1);

        BrokenLoudspeaker broken = new();
        using LocalOutputs silent = new(broken, null, NullLogger.Instance);
        silent.Plays(8_000);
        silent.Play(new short[160]);
        silent.Play(new short[AudioFrame.Samples]);
        (broken.IsDisposed, broken.Frames).Should().Be((true, 0));
    }

    private sealed class BrokenLoudspeaker : IAudioOutput
    {
        public bool IsDisposed { get; private set; }

        public int Frames { get; private set; }

        public bool Takes(int sampleRate) => throw new InvalidOperationException();

        public void Write(ReadOnlySpan<short> frame) => Frames++;

        public void Dispose() => IsDisposed = true;
    }

    private sealed class CountingLoudspeaker : IAudioOutput
    {
        public int Frames { get; private set; }

        public void Write(ReadOnlySpan<short> frame) => Frames++;

        public void Dispose()
        {
        }
    }

    private sealed class SlowDisplay : IVideoOutput
    {
        private readonly List<byte> _shown = [];

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Free { get; } = new();

        public IReadOnlyList<byte> Shown => _shown;

        public int Count
        {
            get
            {
                lock (_shown)
                    return _shown.Count;
            }
        }

        public void Write(VideoFrame frame)
        {
            Entered.TrySetResult();
            Free.Wait(EngineCall.Patience);
            lock (_shown)
                _shown.Add(frame.Data[0]);
        }

        public void Dispose() => Free.Set();
    }
}
