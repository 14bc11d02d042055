using Calls.Media;
using Calls.Signaling;

namespace Calls.ModelCheck.Tests;

/// <summary>Every reachable state within small bounds; the console project goes farther.</summary>
public class ModelTests
{
    public static TheoryData<string> Scopes => [.. AllScopes.All.Where(scope => !scope.IsLarge).Select(scope => scope.Name)];

    [Theory]
    [MemberData(nameof(Scopes))]
    public void B49_every_reachable_state_within_the_bounds_keeps_every_invariant(string name)
    {
        var scope = AllScopes.All.Single(scope => scope.Name == name);

        var found = scope.Search();

        found.Violation.Should().BeNull(found.Violation is null ? "" : Diagram.Of(new Model(scope.Bounds), found));
        found.IsComplete.Should().BeTrue();
        found.States.Should().BeGreaterThan(1_000);
        found.AtRest.Should().BePositive("only at rest can the sides be held to agree");
    }

    [Fact]
    public void B37_the_search_comes_by_calls_that_are_connected_again_after_their_session_was_replaced()
    {
        var scope = AllScopes.All.Single(scope => scope.Name == "call-link-poor");

        var found = new BreadthFirst(new Model(scope.Bounds), IsMended).Run();

        found.Sightings.Should().BePositive();
        new BreadthFirst(new Model(scope.Bounds.With("poor", 0)), IsMended).Run().Sightings.Should().Be(0, "good engines mend the session that they have");
        new BreadthFirst(new Model(scope.Bounds.With("poor", 0).With("deaths", 1)), IsMended).Run().Sightings.Should().BePositive("as long as it can be mended");

        // The server keeps for a device what it was sent, and both are well again after it.
        static bool IsMended(World world)
            => world.Calls.Any(call => call.Call.Legs.Any(leg => leg.Outbox.Any(kept => kept.Message is NegotiateMessage { Kind: NegotiateKind.Offer, NewSession: true })))
                && world.Devices.All(device => device.State is { State: CallState.Connected, Call.IsReconnecting: false }
                    && device.Media is { Queue.Length: 0, Session.Link: MediaConnectionState.Connected });
    }

    [Fact]
    public void The_scopes_together_hold_every_act_and_every_fault()
    {
        foreach (var name in Bounds.Names.Except(["max-states"]))
        {
            AllScopes.All.Should().Contain(scope => scope.Bounds.ToString().Contains($" {name}=1", StringComparison.Ordinal)
                || scope.Bounds.ToString().Contains($"{name}=2", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void A_search_finds_the_same_twice()
    {
        var bounds = Bounds.Parse("bob-devices=2 candidates=0 bob-starts=0 ends=0 rejects=0 losses=0 duplicates=0 early-timers=0");

        var first = new BreadthFirst(new Model(bounds)).Run();
        var second = new BreadthFirst(new Model(bounds)).Run();

        (second.States, second.Transitions, second.Depth).Should().Be((first.States, first.Transitions, first.Depth));
    }

    [Fact]
    public void A_state_and_its_mirror_image_are_one()
    {
        var bounds = Bounds.Parse("bob-devices=2 candidates=0 bob-starts=1 ends=0 rejects=0 losses=0 duplicates=0 early-timers=0");
        var model = new Model(bounds);
        var encoding = new Encoding();

        var first = new Replay(model, aliceGreater: false).Do(new Choice(ChoiceKind.Start, 1));
        var second = new Replay(model, aliceGreater: false).Do(new Choice(ChoiceKind.Start, 2));
        var other = new Replay(model, aliceGreater: false).Do(new Choice(ChoiceKind.Start, 0));

        encoding.Hash(second.World).Should().Be(encoding.Hash(first.World));
        encoding.Hash(other.World).Should().NotBe(encoding.Hash(first.World));
    }

    [Fact]
    public void Two_worlds_that_may_still_do_different_things_are_two()
    {
        var encoding = new Encoding();
        List<UInt128> hashes = [];
        foreach (var name in Bounds.Names.Except(["bob-devices", "candidates", "video", "poor", "max-states"]))
        {
            for (var count = 1; count <= Names.MaxStarts; count++)
            {
                var none = Bounds.Names.Except(["bob-devices", "max-states"]).Aggregate(new Bounds(), (bounds, other) => bounds.With(other, 0));
                hashes.Add(encoding.Hash(World.Initial(none.With(name, count), aliceGreater: false)));
            }
        }

        hashes.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Bounds_are_read_as_they_are_written()
    {
        var bounds = new Bounds().With("losses", 2).With("bob-devices", 1);

        Bounds.Parse(bounds.ToString()).Should().Be(bounds);
    }
}
