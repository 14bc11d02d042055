using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

public class ReplacedSessionTests
{
    [Fact]
    public async Task B37_the_session_is_replaced_inside_the_call_and_the_devices_stay_open()
    {
        await using var poor = new ManagerFixture(prepareMedia: media => media.Capabilities = MediaCapabilities.Video);
        List<IRemoteStream> streams = [];
        using var subscription = poor.Manager.RemoteStreams.Subscribe(streams.Add);
        var id = await poor.ConnectOutgoingAsync();
        var first = poor.Session;
        first.Raise(new RemoteStreamAdded(first));
        await poor.Until(snapshot => snapshot.RemoteStream == first);

        first.RaiseState(MediaConnectionState.Failed);
        await ManagerFixture.Eventually(() => poor.Channel.Sent.OfType<NegotiateMessage>().Any(offer => offer.NewSession));
        var second = poor.Session;
        poor.Channel.Receive(new NegotiateMessage { CallId = id, Kind = NegotiateKind.Answer, Round = 1, Sdp = "second-answer", Seq = 2 });
        second.Raise(new RemoteStreamAdded(second));
        second.RaiseState(MediaConnectionState.Connected);
        await poor.Until(snapshot => snapshot is { State: CallState.Connected, IsReconnecting: false } && snapshot.RemoteStream == second);

        first.Should().BeEquivalentTo(new { Disposals = 1, HasObservers = false });
        poor.Media.Opened.Should().ContainSingle().Which.Disposals.Should().Be(0);
        poor.Media.Sessions.Should().HaveCount(2);
        poor.Media.Journal.Should().ContainInOrder("connect servers=0", "attach", "offer", "take remote-answer",
            "connect servers=0", "attach", "offer", "take second-answer");
        await ManagerFixture.Eventually(() => streams.Count == 2);
        streams.Should().Equal(first, second);
    }
}
