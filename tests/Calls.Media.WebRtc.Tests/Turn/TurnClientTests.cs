using System.Net;
using Calls.Media.WebRtc.Stun;
using Calls.Media.WebRtc.Turn;

namespace Calls.Media.WebRtc.Tests.Turn;

public class TurnClientTests
{
    private static readonly TransportAddress Peer = new(IPAddress.Parse("198.51.100.7"), 7000);
    private static readonly byte[] Data = [128, 1, 2, 3, 4];

    [Fact]
    public void A_relay_takes_two_questions()
    {
        ScriptedTurnServer server = new();
        server.Start();

        server.Came.Should().HaveCount(2, "the first learns realm and nonce");
        (server.Allocations, server.Client.Relayed).Should().Be((1, server.Relay));
        server.Client.Mapped!.Value.ToString().Should().Be("203.0.113.1:4000");
        server.Client.IsReachable.Should().BeTrue();
    }

    [Fact]
    public void A_wrong_password_is_told_and_not_tried_for_ever()
    {
        ScriptedTurnServer server = new(password: "wrong");
        server.Start();

        server.Failure.Should().Be(new TurnFailure(TurnFailureKind.Unauthorized, 401, "No"));
        server.Came.Should().HaveCount(2);
        server.Client.NextTimeout.Should().BeNull();
    }

    [Theory]
    [InlineData(486, TurnFailureKind.QuotaReached)]
    [InlineData(508, TurnFailureKind.NoCapacity)]
    [InlineData(403, TurnFailureKind.Forbidden)]
    [InlineData(300, TurnFailureKind.Redirected)]
    [InlineData(437, TurnFailureKind.Refused)]
    public void What_the_server_refuses_is_told_by_its_kind(int code, object kind)
    {
        ScriptedTurnServer server = new();
        server.Errors[StunMethod.Allocate] = code;
        server.Start();

        server.Failure!.Kind.Should().Be((TurnFailureKind)kind);
        server.Failure.Code.Should().Be(code);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_asked_again_and_then_given_up()
    {
        ScriptedTurnServer server = new() { IsDeaf = true };
        server.Start();
        server.Pass(TimeSpan.FromSeconds(7.9));
        server.Failure.Should().BeNull();

        server.Pass(TimeSpan.FromSeconds(1));

        server.Failure!.Kind.Should().Be(TurnFailureKind.NoAnswer);
        server.Came.Count.Should().BeInRange(6, 9);
    }

    [Fact]
    public void Over_a_stream_nothing_is_sent_twice()
    {
        ScriptedTurnServer server = new(isStream: true) { IsDeaf = true };
        server.Start();
        server.Pass(TimeSpan.FromSeconds(9));

        server.Came.Should().ContainSingle();
        server.Failure!.Kind.Should().Be(TurnFailureKind.NoAnswer);
    }

    [Fact]
    public void What_is_sent_before_the_permission_waits_for_it()
    {
        ScriptedTurnServer server = new();
        server.Start();
        server.Client.Send(Peer, Data, server.Now);
        Indications(server).Should().BeEmpty();

        server.Answer();

        Indications(server).Should().ContainSingle().Which.Should().Equal(Data);
        server.Client.Send(Peer, Data, server.Now);
        Indications(server).Should().HaveCount(2);
        server.Told.Should().ContainSingle().Which.Should().Be((Peer.WithPort(0), null));
    }

    [Fact]
    public void A_channel_takes_four_bytes_and_its_data_is_known_by_its_number()
    {
        ScriptedTurnServer server = new();
        server.Start();
        server.Client.BindChannel(Peer, server.Now);
        server.Answer();
        server.Came.Clear();

        server.Client.Send(Peer, Data, server.Now);

        server.Came.Should().ContainSingle().Which.Should().Equal(0x40, 0, 0, 5, 128, 1, 2, 3, 4);
        server.Give(server.ChannelData(0x4000, [7, 8])).Should().BeEquivalentTo((Peer, new byte[] { 7, 8 }));
        server.Give(server.ChannelData(0x4001, [7, 8])).Should().BeNull("nobody has that channel");
        server.Give([0x40, 0, 0, 9, 1]).Should().BeNull("it says more than it has");
    }

    [Fact]
    public void Over_a_stream_a_channels_data_is_padded()
    {
        ScriptedTurnServer server = new(isStream: true);
        server.Start();
        server.Client.BindChannel(Peer, server.Now);
        server.Answer();
        server.Came.Clear();

        server.Client.Send(Peer, Data, server.Now);

        server.Came.Should().ContainSingle().Which.Should().Equal(0x40, 0, 0, 5, 128, 1, 2, 3, 4, 0, 0, 0);
    }

    [Fact]
    public void Data_in_an_indication_has_its_sender()
    {
        ScriptedTurnServer server = new();
        server.Start();

        server.Give(ScriptedTurnServer.DataIndication(Peer, Data)).Should().BeEquivalentTo((Peer, Data));
    }

    [Fact]
    public void In_an_hour_everything_is_renewed_in_time()
    {
        ScriptedTurnServer server = new();
        server.Start();
        server.Client.Send(Peer, Data, server.Now);
        server.Client.BindChannel(Peer, server.Now);
        server.Answer();

        server.Pass(TimeSpan.FromHours(1));

        server.Failure.Should().BeNull();
        server.Agreed.Count(method => method == StunMethod.Refresh).Should().Be(6, "each 9 minutes");
        server.Agreed.Count(method => method == StunMethod.CreatePermission).Should().Be(1 + 15, "each 4 minutes");
        server.Agreed.Count(method => method == StunMethod.ChannelBind).Should().Be(1 + 6, "each 9 minutes");
    }

    [Fact]
    public void A_stale_nonce_is_replaced_wherever_it_is_noticed()
    {
        ScriptedTurnServer server = new();
        server.Start();
        server.Client.Send(Peer, Data, server.Now);
        server.Client.BindChannel(Peer, server.Now);
        server.Answer();

        for (var i = 2; i < 10; i++)
        {
            server.Nonce = $"nonce-{i}";
            server.Pass(TimeSpan.FromMinutes(7));
        }

        server.Failure.Should().BeNull();
        server.Client.Relayed.Should().Be(server.Relay);
        server.Agreed.Count(method => method == StunMethod.Refresh).Should().BeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void A_server_that_finds_every_nonce_stale_is_given_up()
    {
        ScriptedTurnServer server = new();
        server.Errors[StunMethod.Allocate] = 438;
        server.Start();

        server.Failure!.Kind.Should().Be(TurnFailureKind.Refused);
        server.Came.Count.Should().BeLessThan(10);
    }

    [Fact]
    public void A_refused_address_is_told_and_not_sent_to()
    {
        ScriptedTurnServer server = new();
        server.Errors[StunMethod.CreatePermission] = 403;
        server.Start();
        server.Client.Send(Peer, Data, server.Now);
        server.Answer();
        server.Client.Send(Peer, Data, server.Now);

        Indications(server).Should().BeEmpty();
        server.Told.Should().ContainSingle().Which.Refusal!.Kind.Should().Be(TurnFailureKind.Forbidden);
        server.Failure.Should().BeNull("others may be reached");
    }

    [Fact]
    public void A_relay_that_cannot_be_renewed_is_lost()
    {
        ScriptedTurnServer server = new();
        server.Start();
        server.IsDeaf = true;

        server.Pass(TimeSpan.FromMinutes(10));

        server.Failure!.Kind.Should().Be(TurnFailureKind.NoAnswer);
        server.Client.Relayed.Should().BeNull();
    }

    [Fact]
    public void What_is_closed_is_given_back()
    {
        ScriptedTurnServer server = new();
        server.Start();
        server.Client.Close(server.Now);

        StunMessage.TryParse(server.Came[^1], out var last).Should().BeTrue();
        (last.Method, last.Number(StunAttribute.Lifetime)).Should().Be((StunMethod.Refresh, 0u));
        server.Client.NextTimeout.Should().BeNull();
    }

    [Fact]
    public void An_answer_that_is_not_signed_gives_no_relay()
    {
        ScriptedTurnServer server = new() { IsDeaf = true };
        server.Start();
        StunMessage.TryParse(server.Came[0], out var request).Should().BeTrue();
        StunWriter challenge = new(new byte[200], StunClass.Error, StunMethod.Allocate, request.Transaction);
        challenge.AddError(401, "");
        challenge.Add(StunAttribute.Realm, ScriptedTurnServer.Realm);
        challenge.Add(StunAttribute.Nonce, "n");
        server.Give(challenge.Finish().ToArray());
        StunMessage.TryParse(server.Came[1], out var signed).Should().BeTrue();
        StunWriter forged = new(new byte[200], StunClass.Success, StunMethod.Allocate, signed.Transaction);
        forged.Add(StunAttribute.XorRelayedAddress, Peer);

        server.Give(forged.Finish().ToArray());

        server.Allocations.Should().Be(0);
    }

    [Fact]
    public void Data_that_comes_allocates_nothing()
    {
        ScriptedTurnServer server = new();
        server.Start();
        var packet = ScriptedTurnServer.DataIndication(Peer, Data);
        Take(100);
        Allocated.By(() => Take(1000)).Should().Be(0);

        void Take(int times)
        {
            for (var i = 0; i < times; i++)
                server.Client.HandleMessage(packet, server.Now, out _, out _);
        }
    }

    [Fact]
    public void Whatever_comes_the_client_takes_it_or_leaves_it()
    {
        ScriptedTurnServer server = new();
        server.Start();
        server.Client.BindChannel(Peer, server.Now);
        server.Answer();
        Fuzz.Run(share: 4, (random, _) =>
        {
            var message = random.Next(3) switch
            {
                0 => server.ChannelData((ushort)random.Next(0x4000, 0x4002), Data),
                1 => ScriptedTurnServer.DataIndication(Peer, Data),
                _ => server.Came[0].ToArray(),
            };
            for (var i = random.Next(4); i > 0; i--)
                message[random.Next(message.Length)] = (byte)random.Next(256);
            message = message[..random.Next(message.Length + 1)];
            server.Give(message);
            TurnFraming.TryMeasure(message, out var length);
            length.Should().BeInRange(0, TurnFraming.Longest);
        });
        server.Client.Relayed.Should().Be(server.Relay);
    }

    private static List<byte[]> Indications(ScriptedTurnServer server)
    {
        List<byte[]> data = [];
        foreach (var message in server.Came)
        {
            if (StunMessage.TryParse(message, out var read) && read is { Method: StunMethod.Send } && read.TryGet(StunAttribute.Data, out var value))
                data.Add(value.ToArray());
        }

        return data;
    }
}
