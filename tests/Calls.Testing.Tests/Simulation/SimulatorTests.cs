using System.Globalization;

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
}
