using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using static Calls.Tests.Machine.MachineRun;

namespace Calls.Tests.Machine;

/// <summary>A server that was started anew, and the calls that talk on over it (B42).</summary>
public sealed class ForgottenTests
{
    private static readonly ErrorReceived NotKnown = new(new ErrorMessage { CallId = Id, Code = ErrorCodes.NotAllowed });

    [Fact]
    public void B42_a_server_that_does_not_name_a_connected_call_is_asked_by_what_changes_nothing()
    {
        var run = Connected(video: true).Tell(new ToggleMuteCommand(), new DevicesSet(Id, new(true, VideoSource.Camera, false), new(true, VideoSource.Camera, false)));
        var told = run.Sent.OfType<MediaStateMessage>().Last();
        run.Tell(Welcome()).Sent.Last().Should().Be(told);
        run.Call.IsForgotten.Should().BeFalse("servers that name no calls carry their messages all the same");
        run.Timers.Should().BeEmpty();
    }

    [Fact]
    public void B38_a_server_that_names_the_call_is_asked_nothing()
    {
        var run = Connected();
        var sent = run.Sent.Count();
        run.Tell(Welcome(Id)).Sent.Should().HaveCount(sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void B42_a_call_that_the_server_does_not_know_goes_on_and_ends_soon_after_its_media(bool isCaller)
    {
        var run = (isCaller ? Connected() : ConnectedCallee()).Tell(Welcome(), NotKnown, NotKnown);
        run.State.State.Should().Be(CallState.Connected);
        run.Troubles.Should().ContainSingle();
        var orders = run.Orders.Count();

        run.Tell(Connection(MediaConnectionState.Disconnected)).Fire(CallTimer.Silence);
        run.Timer(CallTimer.Reconnect).Due.Should().Be(TimeSpan.FromSeconds(6));
        run.Orders.Should().HaveCount(orders, "no offer reaches the other side");
        run.Fire(CallTimer.Reconnect).Ends.Single().Reason.Should().Be(CallEndReason.ConnectionLost);
    }

    [Fact]
    public void B42_a_connection_that_comes_back_by_itself_keeps_such_a_call()
    {
        var run = Connected().Tell(Welcome(), NotKnown, Connection(MediaConnectionState.Failed), Connection(MediaConnectionState.Connected));
        run.Call.IsReconnecting.Should().BeFalse();
        run.Timers.Should().BeEmpty();
    }

    [Fact]
    public void B42_the_server_says_so_while_the_connection_is_mended_and_the_wait_becomes_short_once()
    {
        var run = Connected().Tell(Connection(MediaConnectionState.Failed), NotKnown);
        run.Timer(CallTimer.Reconnect).Due.Should().Be(TimeSpan.FromSeconds(6));
        run.Tell(NotKnown).Last.Kind.Should().Be(StepKind.Ignored);
    }

    [Fact]
    public void A_wait_that_the_app_made_shorter_stays_so()
    {
        var run = On(Settings with { ReconnectTimeout = TimeSpan.FromSeconds(4) }, Connected()).Tell(NotKnown, Connection(MediaConnectionState.Failed));
        run.Timer(CallTimer.Reconnect).Due.Should().Be(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void A_server_that_knows_the_call_again_makes_the_wait_long_again()
    {
        var run = Connected().Tell(NotKnown, Welcome(Id), Connection(MediaConnectionState.Failed));
        run.Timer(CallTimer.Reconnect).Due.Should().Be(TimeSpan.FromSeconds(30));
        run.Orders.Last().Should().Be(MediaOrder.RestartIce);
    }

    [Fact]
    public void What_else_the_server_refuses_forgets_nothing()
        => Connected().Tell(new ErrorReceived(new ErrorMessage { CallId = Id, Code = ErrorCodes.RateLimited })).Call.IsForgotten.Should().BeFalse();

    private static WelcomeReceived Welcome(params CallId[] calls)
        => new(new WelcomeMessage { UserId = "alice", DeviceId = "d1", Calls = [.. calls.Select(call => new CallProgress(call, 1))] });

    private static ConnectionChanged Connection(MediaConnectionState state) => new(Id, state);
}
