using System.Text.RegularExpressions;
using Calls.Browser.Tests.Harness;
using Calls.Media;

namespace Calls.Browser.Tests.Engine;

/// <summary>The managed engine against a real Chromium, in both roles.</summary>
[Collection(OnStage.Name)]
public sealed partial class EngineAndChromiumTests(Stage stage)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B1_B2_B33_Engine_and_browser_hear_and_see_each_other_also_after_ICE_restarts(bool engineOffers)
    {
        await using var talk = await EngineTalk.BeginAsync(stage);
        await talk.AgreeAsync(engineOffers);
        await talk.ReachAsync(MediaConnectionState.Connected);
        await talk.HearAsync();
        await talk.SeeAsync(15);

        await talk.AgreeAsync(engineOffers, iceRestart: true);
        await talk.AgreeAsync(!engineOffers, iceRestart: true);
        await talk.SeeAsync(10);
        await talk.HearAsync();

        talk.Engine.States.Should().Equal(MediaConnectionState.Connecting, MediaConnectionState.Connected);
        talk.Engine.Candidates.Select(candidate => candidate.UsernameFragment).Distinct().Should().HaveCount(3, "one for each generation");
        talk.Engine.Streams.Should().Be(1);
        var figures = await talk.Engine.StatisticsAsync();
        figures.PacketsSent.Should().BeGreaterThan(100);
        figures.PacketsReceived.Should().BeGreaterThan(100);
        figures.IsRelayed.Should().BeFalse();
        figures.RoundTripTime.Should().BeGreaterThan(TimeSpan.Zero).And.BeLessThan(TimeSpan.FromSeconds(1));

        // Who leaves first is missed by the other at once.
        var since = TimeProvider.System.GetTimestamp();
        if (engineOffers)
        {
            await talk.Engine.DisposeAsync();
            await EngineTalk.Until(() => talk.Page.EvaluateAsync<bool>("() => listener.keys === 'closed'"), () => "the browser is told");
        }
        else
        {
            await talk.Browser.DisposeAsync();
            await talk.Engine.ReachesAsync(MediaConnectionState.Disconnected);
            await talk.Engine.DisposeAsync();
        }

        TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(AtOnce);
        var recorded = talk.Person.Pictures;
        (await Ffmpeg.DecodeAsync(talk.Person.Recording)).Should().Be(recorded).And.BeGreaterThan(24);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task X9_Another_fingerprint_is_refused_by_either_side_in_either_role(bool engineOffers)
    {
        await using (var talk = await EngineTalk.BeginAsync(stage))
        {
            await talk.AgreeAsync(engineOffers, toEngine: Other);
            await talk.ReachAsync(MediaConnectionState.Failed);
            (await talk.Engine.StatisticsAsync()).PacketsSent.Should().Be(0);
            (await talk.Engine.StatisticsAsync()).PacketsReceived.Should().Be(0);
            talk.Person.Frequency.Should().Be(0);
        }

        await using (var talk = await EngineTalk.BeginAsync(stage))
        {
            await talk.AgreeAsync(engineOffers, toBrowser: Other);
            await talk.Browser.ReachesAsync(MediaConnectionState.Failed);
            ((await talk.Browser.StatisticsAsync()).PacketsReceived ?? 0).Should().Be(0);
            talk.Person.Frequency.Should().Be(0);
        }
    }

    private static string Other(string description)
        => Fingerprint().Replace(description, match => match.Value[..^5] + (match.Value.EndsWith("00:00", StringComparison.Ordinal) ? "11:11" : "00:00"));

    [GeneratedRegex("a=fingerprint:sha-256 [0-9A-F:]+")]
    private static partial Regex Fingerprint();
}
