using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

public class CodeTests
{
    private static readonly string Nonce = new('A', 43);

    [Fact]
    public async Task The_callers_number_for_the_code_is_said_when_the_call_is_connected()
    {
        await using var fixture = new ManagerFixture();
        fixture.Media.Offer = "a=fingerprint:sha-256 AA";
        var id = await fixture.Manager.StartOutgoingAsync("bob", false);
        fixture.Channel.Receive(new AnswerMessage { CallId = id, Sdp = "a=fingerprint:sha-256 BB", Nonce = Nonce, From = new("bob", "phone", "Bob"), Seq = 1 });
        await fixture.Until(CallState.Connecting);
        await fixture.SettleAsync();
        fixture.Channel.Sent.OfType<RevealMessage>().Should().BeEmpty();

        fixture.Session.RaiseState(MediaConnectionState.Connected);
        (await fixture.Channel.NextAsync<RevealMessage>()).CallId.Should().Be(id);
        fixture.Session.RaiseState(MediaConnectionState.Disconnected);
        fixture.Session.RaiseState(MediaConnectionState.Connected);
        await fixture.SettleAsync();
        fixture.Channel.Sent.OfType<RevealMessage>().Should().ContainSingle();
        fixture.Manager.Current.VerificationCode.Should().NotBeNull();
    }
}
