using Calls.Signaling;

namespace Calls.Tests.Signaling;

public class CallStreamsTests
{
    private static readonly CallId Id = CallId.Parse("call-1");
    private readonly CallStreams _streams = new();

    [Fact]
    public void Messages_of_a_call_are_numbered_from_one_without_a_gap_and_calls_do_not_share_numbers()
    {
        _streams.Stamp(new RingingMessage { CallId = Id }).Seq.Should().Be(1);
        _streams.Stamp(new RingingMessage { CallId = Id }).Seq.Should().Be(2);
        _streams.Stamp(new RingingMessage { CallId = CallId.Parse("call-2") }).Seq.Should().Be(1);
    }

    [Fact]
    public void What_was_received_is_dropped_and_what_leaves_a_gap_is_noticed()
    {
        Receive(1).Should().Be(Arrival.New);
        Receive(1).Should().Be(Arrival.Duplicate);
        Receive(3).Should().Be(Arrival.Gap);
        Receive(2).Should().Be(Arrival.New);
        Receive(3).Should().Be(Arrival.New);
        _streams.Receive(new RingingMessage { CallId = Id }).Should().Be(Arrival.New, "a sender without numbers takes no part");
    }

    [Fact]
    public void A_server_that_forgot_a_call_that_is_being_set_up_is_told_all_of_it_and_counts_anew()
    {
        Receive(1);
        _streams.Stamp(new InitiateMessage { CallId = Id });
        _streams.Stamp(new CandidatesMessage { CallId = Id });
        _streams.Missing(new WelcomeMessage(), connected: null).Select(message => message.Seq).Should().Equal(1, 2);
        Receive(1).Should().Be(Arrival.New);
    }

    [Fact]
    public void A_server_that_forgot_a_connected_call_is_told_nothing_of_it_and_counts_anew()
    {
        Receive(1);
        _streams.Stamp(new InitiateMessage { CallId = Id });
        _streams.Stamp(new InitiateMessage { CallId = CallId.Parse("call-2") });
        _streams.Missing(new WelcomeMessage(), connected: Id).Should().ContainSingle().Which.CallId.Value.Should().Be("call-2");
        Receive(1).Should().Be(Arrival.New);
        _streams.Stamp(new EndMessage { CallId = Id }).Seq.Should().Be(2);
        _streams.Missing(Knows(1), connected: Id).Where(message => message.CallId == Id).Should().ContainSingle("a server that knows it is told what it has not got").Which.Seq.Should().Be(2);
    }

    [Fact]
    public void Of_a_call_that_is_over_only_the_last_word_is_left_with_the_number_the_server_waits_for()
    {
        for (var i = 0; i < 5; i++)
            _streams.Stamp(new CandidatesMessage { CallId = Id });
        _streams.Stamp(new EndMessage { CallId = Id });
        _streams.Close(Id);
        _streams.Missing(Knows(2), connected: null).Should().ContainSingle().Which.Should().BeEquivalentTo(new EndMessage { CallId = Id, Seq = 3 });
        _streams.Missing(Knows(6), connected: null).Should().BeEmpty();
        _streams.Missing(new WelcomeMessage(), connected: null).Should().BeEmpty();
        _streams.Count.Should().Be(0);
    }

    [Fact]
    public void B46_many_calls_leave_a_bounded_memory()
    {
        for (var i = 0; i < 1000; i++)
        {
            var id = CallId.Parse($"call-{i}");
            _streams.Stamp(new InitiateMessage { CallId = id, Sdp = new string('x', 10_000) });
            _streams.Stamp(new EndMessage { CallId = id });
            _streams.Close(id);
        }

        _streams.Count.Should().Be(32);
    }

    [Fact]
    public void A_flood_of_unknown_calls_does_not_push_out_a_running_one_that_came_later_than_ended_ones()
    {
        for (var i = 0; i < 40; i++)
        {
            var id = CallId.Parse($"old-{i}");
            _streams.Stamp(new EndMessage { CallId = id });
            _streams.Close(id);
            if (i == 0)
                _streams.Stamp(new InitiateMessage { CallId = Id });
        }

        _streams.Resume().Calls.Should().Contain(progress => progress.CallId == Id);
    }

    [Fact]
    public void B43_a_device_that_starts_anew_in_a_call_counts_on_from_what_the_server_has_of_it()
    {
        _streams.Missing(Knows(8), connected: null).Should().BeEmpty();
        _streams.Stamp(new EndMessage { CallId = Id }).Seq.Should().Be(9, "the server takes a lower number for a repetition");
    }

    [Fact]
    public void A_gap_is_asked_for_once_and_not_once_a_message()
    {
        Receive(1);
        Receive(3).Should().Be(Arrival.Gap);
        Receive(4).Should().Be(Arrival.Waiting);
        Receive(5).Should().Be(Arrival.Waiting);
        Receive(2).Should().Be(Arrival.New);
        Receive(3).Should().Be(Arrival.New);
        Receive(5).Should().Be(Arrival.Gap, "it is another gap");
    }

    [Fact]
    public void B43_where_a_replay_begins_what_stood_before_is_kept_no_more_and_is_not_asked_for_for_ever()
    {
        _streams.Missing(Knows(8), connected: null);
        Receive(5).Should().Be(Arrival.Gap);
        Receive(6).Should().Be(Arrival.Waiting);
        Receive(5).Should().Be(Arrival.New, "the numbers went back: this is the replay");
        Receive(6).Should().Be(Arrival.New);
    }

    [Fact]
    public void A_replay_that_a_lost_connection_swallowed_is_asked_for_again_after_the_next_welcome()
    {
        Receive(1);
        Receive(3).Should().Be(Arrival.Gap);
        _streams.Missing(Knows(0), connected: null);
        Receive(4).Should().Be(Arrival.Gap);
    }

    private Arrival Receive(int seq) => _streams.Receive(new RingingMessage { CallId = Id, Seq = seq });

    private static WelcomeMessage Knows(int received) => new() { Calls = [new(Id, received)] };
}
