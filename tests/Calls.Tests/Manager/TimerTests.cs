using Calls.Media;

namespace Calls.Tests.Manager;

/// <summary>What a timer posts waits in the mailbox like everything else: what came before it may have cancelled the timer.</summary>
public class TimerTests
{
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task B33_a_connection_that_comes_back_as_the_silence_grows_too_long_is_not_taken_for_lost()
    {
        await using var fixture = await SilentAsync();
        await BusyAsync(fixture, () =>
        {
            fixture.Session.RaiseState(MediaConnectionState.Connected);
            fixture.Time.Advance(ReconnectAfter);
        });

        fixture.Manager.Current.IsReconnecting.Should().BeFalse();
    }

    [Fact]
    public async Task B33_a_silence_that_begins_again_as_the_last_one_grows_too_long_is_waited_for_anew()
    {
        await using var fixture = await SilentAsync();
        await BusyAsync(fixture, () =>
        {
            fixture.Session.RaiseState(MediaConnectionState.Connected);
            fixture.Session.RaiseState(MediaConnectionState.Disconnected);
            fixture.Time.Advance(ReconnectAfter);
        });

        fixture.Manager.Current.IsReconnecting.Should().BeFalse();
        fixture.Time.Advance(ReconnectAfter);
        await fixture.Until(snapshot => snapshot.IsReconnecting);
    }

    /// <summary>A manager in a call whose connection has just fallen silent.</summary>
    private static async Task<ManagerFixture> SilentAsync()
    {
        ManagerFixture fixture = new(new() { ReconnectAfter = ReconnectAfter });
        await fixture.ConnectOutgoingAsync();
        fixture.Session.RaiseState(MediaConnectionState.Disconnected);
        await fixture.SettleAsync();
        return fixture;
    }

    /// <summary>Lets things happen while the manager is at something else.</summary>
    private static async Task BusyAsync(ManagerFixture fixture, Action happen)
    {
        using ManualResetEventSlim busy = new(), free = new();
        fixture.Channel.Sending = _ =>
        {
            busy.Set();
            free.Wait(TimeSpan.FromSeconds(10)).Should().BeTrue();
        };
        var muting = fixture.Manager.ToggleMuteAsync();
        await ManagerFixture.Eventually(() => busy.IsSet);
        fixture.Channel.Sending = null;
        happen();
        free.Set();
        await muting;
        await fixture.SettleAsync();
    }
}
