using System.Collections.Concurrent;
using Calls.Testing;
using Calls.Tests.Manager;
using CsCheck;

namespace Calls.Tests.Properties;

public class ManagerPropertyTests
{
    private readonly ConcurrentDictionary<CallState, bool> _seen = [];

    [Fact]
    public async Task Whatever_happens_in_whatever_order_observers_see_legal_snapshots_and_moves_and_nothing_is_left_open()
    {
        await ManagerAct.Any.Array[1, 40].SampleAsync(PlayAsync, iter: FuzzRuns.At(cost: 50), print: acts => string.Join(Environment.NewLine, acts.AsEnumerable()));
        _seen.Keys.Should().BeEquivalentTo(Enum.GetValues<CallState>());
    }

    private async Task PlayAsync(ManagerAct[] acts)
    {
        var fixture = new ManagerFixture();
        List<CallSnapshot> snapshots = [];
        var completed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var observing = fixture.Manager.Snapshots.Subscribe(snapshots.Add, completed.SetResult);
        foreach (var act in acts)
        {
            act.Do(fixture);
            await fixture.SettleAsync();
        }

        await fixture.DisposeAsync();
        await completed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Judge(snapshots);
        var over = snapshots.Where(snapshot => snapshot.End is not null).Select(snapshot => snapshot.End).Distinct().Count();
        await ManagerFixture.Eventually(() => fixture.Ends.Count == over);
        await ManagerFixture.Eventually(() => fixture.Media.Sessions.All(session => session.Disposals > 0 && !session.HasObservers));
        await ManagerFixture.Eventually(() => fixture.Media.Opened.All(local => local.Disposals > 0 && !local.HasObservers));
    }

    private void Judge(List<CallSnapshot> snapshots)
    {
        var before = CallSnapshot.Idle;
        foreach (var snapshot in snapshots)
        {
            _seen.TryAdd(snapshot.State, true);
            if (LegalSnapshots.Broken(snapshot) is { } broken)
                throw new InvalidOperationException($"Broken: {broken}. {snapshot}");
            if (!LegalTransitions.Allow(before.State, snapshot.State))
                throw new InvalidOperationException($"No move of the table: {before.State} → {snapshot.State}.");
            before = snapshot;
        }

        before.IsActive.Should().BeFalse("a manager that is disposed is in no call");
    }
}
