using System.Reactive.Linq;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Testing.Tests.Talks;

/// <summary>The code that two people read to each other.</summary>
public class VerificationTests
{
    [Fact]
    public async Task Both_sides_show_the_same_code_and_keep_it_through_an_ICE_restart()
    {
        await using var talk = await new Talk().BeginAsync();
        await talk.UntilBoth(snapshot => snapshot.VerificationCode is not null);
        var code = talk.Alice.Current.VerificationCode;
        code.Should().Be(talk.Bob.Current.VerificationCode);

        var lost = talk.UntilBoth(snapshot => snapshot.IsReconnecting);
        talk.Network.LoseConnections();
        await lost;
        await talk.UntilBoth(snapshot => snapshot is { State: CallState.Connected, IsReconnecting: false });
        talk.Alice.Current.VerificationCode.Should().Be(code);
        talk.Bob.Current.VerificationCode.Should().Be(code);
    }

    [Fact]
    public async Task Two_calls_have_two_codes_and_an_ended_one_has_none()
    {
        await using var talk = await new Talk().BeginAsync();
        await talk.UntilBoth(snapshot => snapshot.VerificationCode is not null);
        var first = talk.Alice.Current.VerificationCode;
        await talk.Bob.EndAsync();
        await talk.UntilBoth(snapshot => snapshot is { State: CallState.Ended, VerificationCode: null });

        await talk.BeginAsync();
        await talk.UntilBoth(snapshot => snapshot.VerificationCode is not null);
        talk.Alice.Current.VerificationCode.Should().Be(talk.Bob.Current.VerificationCode).And.NotBe(first);
    }

    [Fact]
    public async Task A_server_that_swaps_fingerprints_is_seen_by_the_codes_that_differ()
    {
        await using var talk = await new Talk(between: inner => new SwappingServer(inner)).BeginAsync();
        await talk.UntilBoth(snapshot => snapshot.VerificationCode is not null);
        talk.Alice.Current.VerificationCode.Should().NotBe(talk.Bob.Current.VerificationCode);
    }

    [Fact]
    public async Task A_session_that_is_replaced_by_one_with_another_certificate_takes_the_code_away()
    {
        await using var talk = await new Talk(MediaCapabilities.Video, MediaCapabilities.Video).BeginAsync();
        await talk.UntilBoth(snapshot => snapshot.VerificationCode is not null);
        var lost = talk.UntilBoth(snapshot => snapshot.IsReconnecting);
        talk.Network.LoseConnections();
        await lost;
        await talk.UntilBoth(snapshot => snapshot is { State: CallState.Connected, IsReconnecting: false, VerificationCode: null });
    }

    /// <summary>Whoever runs the server, between both sides with a certificate of its own.</summary>
    private sealed class SwappingServer(ISignalingChannel inner) : ISignalingChannel
    {
        public IObservable<SignalingMessage> Messages => inner.Messages.Select(Swap);

        public IObservable<ChannelStatus> Status => inner.Status;

        public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

        public ValueTask SendAsync(SignalingMessage message, CancellationToken cancellationToken) => inner.SendAsync(Swap(message), cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private static SignalingMessage Swap(SignalingMessage message) => message switch
        {
            InitiateMessage initiate => initiate with { Sdp = Swap(initiate.Sdp) },
            AnswerMessage answer => answer with { Sdp = Swap(answer.Sdp) },
            _ => message,
        };

        private static string Swap(string sdp)
            => string.Join("\r\n", sdp.Split("\r\n").Select(line => line.StartsWith("a=fingerprint:", StringComparison.Ordinal) ? "a=fingerprint:sha-256 EE:EE" : line));
    }
}
