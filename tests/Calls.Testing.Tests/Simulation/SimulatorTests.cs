using System.Globalization;
using Calls.Machine;

namespace Calls.Testing.Tests.Simulation;

public class SimulatorTests
{
    private static int Runs => int.TryParse(
        Environment.GetEnvironmentVariable("CALLS_SIMULATOR_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var runs) ? runs : 10_000;

    [Fact]
    public void B48_seeded_runs_leave_one_call_or_none_both_sides_agreed_and_no_timer()
    {
        int steps = 0, started = 0, connected = 0, glares = 0;
        List<string> broken = [];
        for (var seed = 0; seed < Runs && broken.Count < 3; seed++)
        {
            var result = CallSimulator.Run(seed);
            if (!result.IsClean)
                broken.Add(result.ToString());
            steps += result.Steps;
            started += result.CallsStarted;
            connected += result.SidesConnected;
            glares += result.GlaresLost;
        }

        broken.Should().BeEmpty();
        started.Should().BeGreaterThan(Runs * 4, "users call each other");
        connected.Should().BeGreaterThan(Runs, "calls connect in spite of everything");
        glares.Should().BeGreaterThan(Runs / 20, "calls cross each other");
        steps.Should().BeGreaterThan(Runs * 50);
    }

    [Theory]
    [InlineData(46008)] // A device crashed between the loss of its connection and the notice of it, and took the notice for its next one.
    [InlineData(72784)] // An engine refused to take its own offer back, and then took no other.
    [InlineData(75158)] // The same, where both had offered at once.
    [InlineData(80821)] // A device fell asleep again while it slept, and heard on waking the earlier messages after the later ones.
    [InlineData(104001)] // What had reached a sleeping device was lost with its connection, long after the server could hold it for read.
    [InlineData(243012)] // A device spoke before its resume arrived, and was given what was new without what it had missed.
    [InlineData(350143)] // The same, where the missed one said that the camera was on.
    [InlineData(510071)] // The same, with an offer.
    public void B48_a_seed_that_once_broke_breaks_no_more(int seed) => CallSimulator.Run(seed).ToString().Should().NotContain("VIOLATED");

    [Fact]
    public void A_seed_plays_the_same_again_to_the_letter()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var timeline = CallSimulator.Run(seed, withTimeline: true).Timeline;
            timeline.Should().NotBeEmpty();
            CallSimulator.Run(seed, withTimeline: true).Timeline.Should().Be(timeline);
        }
    }

    [Theory]
    [InlineData(CallRow.PeerEnd, CallState.Connected)]
    [InlineData(CallRow.LingerTimer, CallState.Ended)]
    [InlineData(CallRow.ReconnectTimer, CallState.Connected)]
    public void A_cell_that_ignores_what_it_must_not_is_found_within_500_seeds(object row, CallState state)
    {
        var options = new CallSimulatorOptions { Table = CallRules.Table.With(state, (CallRow)row, CallCell.Ignore) };
        var broken = Enumerable.Range(0, 500).Select(seed => CallSimulator.Run(seed, options)).First(result => !result.IsClean);
        broken.Timeline.Should().Contain("VIOLATED");
    }
}
