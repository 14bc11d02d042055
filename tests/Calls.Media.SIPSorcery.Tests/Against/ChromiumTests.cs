using Calls.Media.SIPSorcery.Tests.People;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Tests.Against;

/// <summary>SIPSorcery and a real Chromium, in both roles, with both codecs.</summary>
public class ChromiumTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task B1_B2_SIPSorcery_and_a_browser_hear_each_other_whoever_offers(bool offers, bool opus)
    {
        Person person = new(660, formats: opus ? [AudioCommonlyUsedFormats.OpusWebRTC] : []);
        await using var browser = await ChromiumPeer.StartAsync();
        await using var media = await person.Source.OpenAsync(new(Video: false));
        await using var session = await person.Source.ConnectAsync(new());
        Heard heard = new();
        session.Events.Subscribe(heard);
        await session.AttachAsync(media);
        if (offers)
            await session.TakeAnswerAsync(await browser.AnswerAsync(await session.CreateOfferAsync()));
        else
            await browser.TakeAsync(await session.AnswerOfferAsync(await browser.OfferAsync()));

        await UntilAsync(async () =>
        {
            await session.AddCandidatesAsync(await browser.GatheredAsync());
            while (heard.Candidates.TryDequeue(out var candidate))
                await browser.AddAsync(candidate);
            return heard.States is [.., MediaConnectionState.Connected] && await browser.StateAsync() == "connected";
        }, () => string.Join(", ", heard.States));
        await UntilAsync(() => Task.FromResult(person.Ear.Frequency is > 430 and < 450), () => $"it hears {person.Ear.Frequency} Hz");
        var frequency = 0.0;
        await UntilAsync(async () => (frequency = await browser.FrequencyAsync()) is > 645 and < 675, () => $"the browser hears {frequency} Hz");
        string.Equals(person.Microphone!.Format.FormatName, "opus", StringComparison.OrdinalIgnoreCase).Should().Be(opus);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(Talk.Patience, otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
