using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Session;
using static Calls.Media.MediaConnectionState;

namespace Calls.Media.WebRtc.Tests.Session;

public class ConnectionStatesTests
{
    [Theory]
    [InlineData(IceState.New, New, New, Disconnected, Failed)]
    [InlineData(IceState.Checking, Connecting, Connecting, Disconnected, Failed)]
    [InlineData(IceState.Connected, Connecting, Connected, Disconnected, Failed)]
    [InlineData(IceState.Disconnected, Disconnected, Disconnected, Disconnected, Failed)]
    [InlineData(IceState.Failed, Failed, Failed, Failed, Failed)]
    internal void The_state_is_that_of_the_way_and_of_the_keys_together(
        IceState ice, MediaConnectionState without, MediaConnectionState up, MediaConnectionState closed, MediaConnectionState failed)
        => new[] { DtlsPhase.None, DtlsPhase.Up, DtlsPhase.Closed, DtlsPhase.Failed }.Select(dtls => ConnectionStates.Of(ice, dtls))
            .Should().Equal(without, up, closed, failed);
}
