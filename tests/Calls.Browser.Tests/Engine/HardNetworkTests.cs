using Calls.Browser.Tests.Harness;
using Calls.Media;
using Calls.Media.WebRtc.Tests;
using Calls.Media.WebRtc.Tests.Turn;

namespace Calls.Browser.Tests.Engine;

/// <summary>The managed engine and a real Chromium where the network makes it hard.</summary>
[Collection(OnStage.Name)]
public sealed class HardNetworkTests(Stage stage)
{
    [Fact]
    public async Task With_five_percent_loss_what_is_lost_is_sent_again_both_ways_and_pictures_and_sound_go_on()
    {
        await using var talk = await EngineTalk.BeginAsync(stage);
        await using (await PacketFilter.LoseAsync(percent: 5))
        {
            await talk.AgreeAsync(engineOffers: true);
            await talk.ReachAsync(MediaConnectionState.Connected);
            await talk.SeeAsync(40);
            await talk.HearAsync();
            await EngineTalk.Until(async () => (await talk.Engine.StatisticsAsync()).PacketsLost > 0, () => "the engine misses nothing");
            await CountsAsync("pictures", "nackCount", "the browser asks for what it misses");
            await CountsAsync("pictures", "retransmittedPacketsReceived", "the engine sends it again");
            await CountsAsync("sentPictures", "retransmittedPacketsSent", "the engine asks for what it misses, too");
        }

        await talk.SeeAsync(20);
        await talk.HearAsync();
        talk.Engine.States.Should().NotContain(MediaConnectionState.Failed);
        await talk.Engine.DisposeAsync();
        var recorded = talk.Person.Pictures;
        (await Ffmpeg.DecodeAsync(talk.Person.Recording)).Should().Be(recorded, "no picture is given out that lacks one before it");

        // Which packets are lost is chance: a few dozen may all arrive.
        Task CountsAsync(string statistics, string counter, string because) => EngineTalk.Until(
            () => talk.Page.EvaluateAsync<bool>($"async () => (await listener.{statistics}()).{counter} > 0"),
            () => $"{counter} stays 0, but {because}");
    }

    [Theory]
    [InlineData("udp", true)]
    [InlineData("tcp", false)]
    [InlineData("tls", true)]
    public async Task B44_Relay_only_the_call_passes_a_real_coturn_and_no_other_address_leaves_the_engine(string transport, bool engineOffers)
    {
        await using var turn = await Coturn.StartAsync();
        await using var talk = await EngineTalk.BeginAsync(stage, new() { IceServers = [turn.Ice(transport)], RelayOnly = true });
        await talk.AgreeAsync(engineOffers);
        await talk.ReachAsync(MediaConnectionState.Connected);
        await talk.HearAsync();
        await talk.SeeAsync(5);
        (await talk.Engine.StatisticsAsync()).IsRelayed.Should().BeTrue();
        var told = talk.Engine.Candidates.Select(candidate => candidate.Candidate).Where(line => line.Length > 0).ToArray();
        told.Should().NotBeEmpty().And.OnlyContain(line => line.Contains(" typ relay ", StringComparison.Ordinal) && line.Contains(" raddr 0.0.0.0 ", StringComparison.Ordinal));
    }
}
