using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Audio;

/// <summary>Brings frames of 20 ms from one rate to another, where they differ. Not for several threads at once.</summary>
internal struct RateChange
{
    private Resampler? _resampler;
    private (int From, int To) _rates;

    /// <summary>Fills <paramref name="output"/> with the 20 ms of <paramref name="input"/>; the rates are those of the lengths.</summary>
    public void Process(ReadOnlySpan<short> input, Span<short> output)
    {
        if (input.Length == output.Length)
        {
            input.CopyTo(output);
            return;
        }

        var rates = (input.Length * AudioFrame.PerSecond, output.Length * AudioFrame.PerSecond);
        if (_rates != rates)
            (_rates, _resampler) = (rates, new Resampler(rates.Item1, rates.Item2));
        output[_resampler!.Process(input, output)..].Clear();
    }

    /// <summary>Prepares <see cref="Process"/>; as <see cref="IPrefetched.Prefetch"/>.</summary>
    public readonly void Prefetch(int step)
    {
        if (step == 0)
            CacheLines.Fetch(_resampler);
        else if (step == 1)
            _resampler?.Prefetch();
    }
}
