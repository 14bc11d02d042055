using Calls.Media;

namespace Calls.Testing.Tests.Talks;

public class LostNetworkTests
{
    private const MediaCapabilities Poor = MediaCapabilities.Video;
    private const MediaCapabilities NoRestart = MediaCapabilities.Video | MediaCapabilities.Renegotiation;

    [Fact]
    public async Task B36_a_network_that_changes_is_followed_by_an_ICE_restart_and_the_call_goes_on_in_its_one_session()
    {
        await using var talk = await new Talk().BeginAsync(video: true);
        for (var change = 0; change < 3; change++)
            await LoseAndMendAsync(talk);
        talk.ShouldGoOn();
        (talk.AliceMedia.SessionsMade, talk.BobMedia.SessionsMade).Should().Be((1, 1));
        (talk.AliceMedia.DevicesOpened, talk.BobMedia.DevicesOpened).Should().Be((1, 1));
    }

    [Theory]
    [InlineData(Poor, Poor)]
    [InlineData(NoRestart, NoRestart)]
    [InlineData(Poor, NoRestart)]
    [InlineData(Poor, Talk.All)]
    [InlineData(Talk.All, Poor)]
    [InlineData(Talk.All, NoRestart)]
    public async Task B37_engines_without_ICE_restart_on_either_side_or_both_replace_their_sessions_inside_the_call(
        MediaCapabilities caller, MediaCapabilities callee)
    {
        await using var talk = await new Talk(caller, callee).BeginAsync();
        await LoseAndMendAsync(talk);
        talk.ShouldGoOn();
        (talk.AliceMedia.SessionsMade, talk.BobMedia.SessionsMade).Should().Be((2, 2));
        (talk.AliceMedia.DevicesOpened, talk.BobMedia.DevicesOpened).Should().Be((1, 1));
        await Talk.Eventually(() => talk.AliceMedia.SessionsOpen == 1 && talk.BobMedia.SessionsOpen == 1);
    }

    [Theory]
    [InlineData(Talk.All)]
    [InlineData(Poor)]
    public async Task B34_a_network_that_stays_away_ends_the_call_on_both_sides_after_thirty_seconds(MediaCapabilities capabilities)
    {
        await using var talk = await new Talk(capabilities, capabilities).BeginAsync();
        talk.Network.IsCut = true;
        talk.Network.LoseConnections();
        await talk.UntilBoth(snapshot => snapshot.IsReconnecting);
        talk.Time.Advance(TimeSpan.FromSeconds(30));
        await talk.UntilBoth(snapshot => snapshot is { State: CallState.Failed, End.Reason: CallEndReason.ConnectionLost });
        await Talk.Eventually(() => talk.AliceMedia.SessionsOpen == 0 && talk.BobMedia.SessionsOpen == 0);
    }

    private static async Task LoseAndMendAsync(Talk talk)
    {
        var lost = talk.UntilBoth(snapshot => snapshot.IsReconnecting);
        talk.Network.LoseConnections();
        await lost;
        await talk.UntilBoth(snapshot => snapshot is { State: CallState.Connected, IsReconnecting: false });
    }
}
