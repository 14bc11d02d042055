namespace Calls.Signaling.Server.Orleans;

/// <content>The one loop that changes the call, its timers, and its end.</content>
internal sealed partial class CallGrain
{
    private const string Reminder = "call";

    // A second apart; until it is heard, the caller's limit counts one call too many.
    private const int OverAttempts = 20;
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private IGrainTimer? _timer;

    private Task<CallReply> DoAsync(Func<CallTurn, ValueTask<CallReply>> act)
    {
        var work = new Work(act);
        _waiting.Enqueue(work);
        if (!_isRunning)
            _ = RunAsync();
        return work.Done.Task;
    }

    /// <summary>For what a call that is not there is not asked to do.</summary>
    private Task<CallReply> DoKnownAsync(Func<CallTurn, CallReply> act) => DoAsync(turn => new(turn.Document is null ? CallReply.Unknown : act(turn)));

    /// <summary>Never throws, and ends when nothing waits.</summary>
    private async Task RunAsync()
    {
        _isRunning = true;
        List<Work> taken = [];
        while (_waiting.Count > 0)
        {
            try
            {
                await TakeAsync(taken);
            }
#pragma warning disable CA1031 // Whatever the storage or another grain throws: who asked asks again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Doubt(exception);

                // All that wait would meet the same.
                taken.AddRange(_waiting);
                _waiting.Clear();
                taken.ForEach(work => work.Reply = CallReply.Again);
            }

            taken.ForEach(work => work.Done.TrySetResult(work.Reply));
            taken.Clear();
        }

        _isRunning = false;
    }

    private async Task TakeAsync(List<Work> taken)
    {
        if (!_isKnown)
            await RecallAsync();
        var turn = new CallTurn(_call, services.Clock.After(_call?.At ?? default));
        while (!turn.IsForgotten && _waiting.TryDequeue(out var work))
        {
            taken.Add(work);
            work.Reply = await work.Act(turn);
        }

        await CommitAsync(turn);
    }

    /// <summary>Stores what a turn brings, and then lets it out.</summary>
    private async Task CommitAsync(CallTurn turn)
    {
        if (turn.IsForgotten)
        {
            await ForgetAsync();
            return;
        }

        var isNew = _call is null;
        var wasOver = _call?.Call.Phase == RoutedCallPhase.Over;
        if (turn.IsChanged)
        {
            store.State.Document = StoredDocument.Write(await Pages.StoreAsync(turn.Document!), StorageJson.Default.CallDocument);
            await store.WriteStateAsync();
            Pages.Commit();
            services.Watch.WentOn(_call?.Call, turn.Document!.Call, turn.Now);
            Hold(turn.Document);
        }

        if (_call is null)
        {
            // Somebody asked for a call that is not there: nothing to keep for the next one who does, unless the call is about to begin.
            if (!_mayBegin)
                DeactivateOnIdle();
            return;
        }

        _posting.Send(turn.Outgoing, Key, IsCurrent, Lost);
        foreach (var callee in turn.Notices)
            services.App.Notify(_call.Call, callee);
        Arm();
        if (_call.Call.Phase == RoutedCallPhase.Over && !wasOver)
            TellOver(_call);
        if (isNew)
        {
            Log.CallStarted(logger, _call.Call.Id);
            _ = RemindAsync();
        }
    }

    private void TellOver(CallDocument call)
    {
        var caller = services.User(CallUsers.Of(call.Call).Caller);
        var key = Key;
        services.Persistence.Try(() => caller.OverAsync(key), OverAttempts);
    }

    /// <summary>Whether a connection is still the device's last.</summary>
    private bool IsCurrent(Guid connection) => _call?.Links.Any(link => link.Connection == connection) == true;

    /// <summary>A node does not know a connection any more.</summary>
    private void Lost(Guid connection)
    {
        if (_call?.Links.FirstOrDefault(link => link.Connection == connection) is { } link)
            _ = DetachAsync(link.UserId, link.DeviceId, connection);
    }

    private void Arm()
    {
        Disarm();
        if (_call?.Next() is not { } next)
            return;
        var due = next - services.Clock.After(_call.At);
        Arm(due < TimeSpan.Zero ? TimeSpan.Zero : due);
    }

    private void Arm(TimeSpan due)
    {
        Disarm();
        _timer = this.RegisterGrainTimer(
            static (grain, _) => grain.FireAsync(),
            this,
            new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    private void Disarm()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private async Task FireAsync()
    {
        var reply = await DoAsync(turn =>
        {
            turn.Fire();
            return new(new CallReply());
        });

        // The storage is away: this is the only one who asks.
        if (reply.Status == CallReplyStatus.Again)
            Arm(Pause);
    }

    /// <summary>Everybody forgets the call before the storage does, so that one who dies in between is woken and begins anew.</summary>
    private async Task ForgetAsync()
    {
        var call = _call!;
        await Task.WhenAll(CallUsers.Of(call.Call).All.Select(user => services.User(user).ForgetAsync(Key)));
        var key = Key;
        foreach (var node in call.Links.Select(link => link.Observer).Distinct())
            services.Persistence.Try(() => services.Node(node).ForgetAsync(key));
        await Pages.ClearAsync();
        await store.ClearStateAsync();
        Hold(null);
        _isKnown = true;
        Disarm();
        Log.CallForgotten(logger, call.Call.Id);
        await ForgetReminderAsync();
        DeactivateOnIdle();
    }

    private async Task RemindAsync()
    {
        try
        {
            if (services.HasReminders)
                await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        }
#pragma warning disable CA1031 // A safety net that could not be hung up: the call goes on without.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ReminderFailed(logger, exception);
        }
    }

    private async Task ForgetReminderAsync()
    {
        try
        {
            if (services.HasReminders && await this.GetReminder(Reminder) is { } reminder)
                await this.UnregisterReminder(reminder);
        }
#pragma warning disable CA1031 // It will come once more, find no call, and be forgotten then.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ReminderFailed(logger, exception);
        }
    }
}
