using static Calls.Signaling.Server.Tests.CallScript;

namespace Calls.Signaling.Server.Tests;

/// <summary>The short way through a call is no second set of rules: whatever happens, it comes to what the rules alone come to.</summary>
public sealed class OpenLineTests
{
    private static readonly RoutedCallSettings Settings = new() { MaxCandidates = 40, MaxKeptMessages = 8, ResumeWindow = TimeSpan.FromSeconds(5) };

    [Fact]
    public void By_the_short_way_and_by_the_rules_alone_the_same_arrives_and_the_same_is_kept()
    {
        var passed = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var way = new ShortWay(Settings);
            var rules = new ShortWay(Settings, isOpen: false);
            for (var i = 0; i < 60; i++)
            {
                var act = Act(random, rules);
                act(way);
                act(rules);
                way.Sent.Should().Equal(rules.Sent, "after {0} acts of seed {1}", i, seed);
            }

            way.Settle();
            Text(way.Call).Should().Be(Text(rules.Call), "of seed {0}", seed);
            passed += way.Passed;
        }

        passed.Should().BeGreaterThan(4_000);
    }

    private static Action<ShortWay> Act(Random random, ShortWay rules)
    {
        var party = random.Next(8) == 0 ? Carol : random.Next(2) == 0 ? Alice : Bob;
        var later = rules.Now + TimeSpan.FromMilliseconds(random.Next(1, 900));
        var gap = random.Next(12) == 0 ? random.Next(-1, 3) : 0;
        var next = rules.Next(party);
        var (count, known) = (random.Next(1, 4), random.Next(6));
        return random.Next(24) switch
        {
            0 => way => way.Step(later, new RoutedInput.Disconnected(later, DeviceKey.Of(party))),
            1 or 2 => way => way.Step(later, new RoutedInput.Connected(later, party)),
            3 or 4 => way => way.Step(later, new RoutedInput.Resumed(later, DeviceKey.Of(party), known)),
            5 => way => way.Step(later, new RoutedInput.Received(later, party, new MediaStateMessage { CallId = Id })),
            6 => way => way.Step(later, new RoutedInput.Discarded(later, DeviceKey.Of(party), known)),
            7 => way => way.Candidates(later, party, seq: 0, count),
            _ => way => way.Candidates(later, party, next + gap, count),
        };
    }

    private static string Text(RoutedCall call) => string.Join('\n', call.Legs.Select(leg =>
        $"{leg.Device} {leg.State} {leg.IsAway} {leg.IsResuming} {leg.Received} {leg.Sent} {leg.Candidates} "
        + string.Join(' ', leg.Outbox.Select(kept => $"{kept.At.Ticks}:{ShortWay.Text(kept.Message)}"))));
}
