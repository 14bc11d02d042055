using Calls.Media.WebRtc;

namespace Calls.Benchmarks.Media;

/// <summary>Two ends of the managed engine in one process, each told at once what the other one gathers.</summary>
internal sealed class EnginePair : IAsyncDisposable
{
    private readonly EngineEnd _one, _other;

    private EnginePair(EngineEnd one, EngineEnd other)
    {
        (_one, _other) = (one, other);
        one.Begin(candidates => _ = other.Session.AddCandidatesAsync(candidates));
        other.Begin(candidates => _ = one.Session.AddCandidatesAsync(candidates));
    }

    /// <summary>Opens both ends' devices and sessions.</summary>
    public static async Task<EnginePair> OpenAsync(WebRtcMediaSource source) => new(await EngineEnd.OpenAsync(source), await EngineEnd.OpenAsync(source));

    /// <summary>Offers, answers, and waits until both are connected.</summary>
    public async Task ConnectAsync()
    {
        var answer = await _other.Session.AnswerOfferAsync(await _one.Session.CreateOfferAsync());
        await _one.Session.TakeAnswerAsync(answer);
        await Task.WhenAll(_one.Connected, _other.Connected).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    /// <summary>How many packets both ends received.</summary>
    public async Task<long> ReceivedAsync() => await _one.ReceivedAsync() + await _other.ReceivedAsync();

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }
}
