namespace Calls.Signaling.Server.Orleans;

/// <content>The call as it was stored, brought together with what has changed since: it may have been on a node that died.</content>
internal sealed partial class CallGrain
{
    private async Task RecallAsync()
    {
        if (_isInDoubt)
            await store.ReadStateAsync();
        if (await ReadAsync() is { } stored)
        {
            var turn = new CallTurn(stored, services.Clock.After(stored.At));
            await CatchUpAsync(turn, stored);
            Hold(stored);
            (_isKnown, _isInDoubt) = (true, false);
            await CommitAsync(turn);
            if (_call?.Call.Phase == RoutedCallPhase.Over)
                TellOver(_call);
            if (stored.Call.Phase == RoutedCallPhase.Over)
                services.Watch.Tell(stored.Call, turn.Now);
            if (_call is not null)
                _ = RemindAsync();
            Log.CallRecalled(logger, stored.Call.Id);
        }

        (_isKnown, _isInDoubt) = (true, false);
    }

    /// <summary>A call that cannot be read is lost: its users are told that there is none, and nothing of it stays.</summary>
    private async Task<CallDocument?> ReadAsync()
    {
        try
        {
            return StoredDocument.Read(store.State.Document, StorageJson.Default.CallDocument) is { } stored ? await Pages.ReadAsync(stored) : null;
        }
        catch (UnreadableException exception)
        {
            Log.Unreadable(logger, "call", exception);
            await store.ClearStateAsync();
            return null;
        }
    }

    /// <summary>Who is there now is what his user says; what each connection has had is what its node says; what is due fires.</summary>
    private async Task CatchUpAsync(CallTurn turn, CallDocument stored)
    {
        var devices = (await Task.WhenAll(CallUsers.Of(stored.Call).All.Select(user => services.User(user).DevicesAsync()))).SelectMany(links => links).ToArray();
        foreach (var link in stored.Links)
        {
            if (!devices.Any(device => device.Connection == link.Connection))
                turn.Detach(link.Device, link.Connection);
        }

        foreach (var device in devices)
            turn.Attach(device);
        foreach (var link in stored.Links.Where(link => devices.Any(device => device.Connection == link.Connection)))
        {
            // What waits for a resume comes with it.
            if (turn.LegOf(link.Device) is not { IsAway: false, IsResuming: false })
                continue;
            var had = await ProgressAsync(link);
            if (had >= 0)
                turn.Step(at => new RoutedInput.Resumed(at, link.Device, had));
            else
                turn.Detach(link.Device, link.Connection);
        }

        turn.Fire();
    }

    private async Task<int> ProgressAsync(Link link)
    {
        if (await services.Cluster.IsGoneAsync(link.Silo))
            return -1;
        return await services.Node(link.Observer).ProgressAsync(link.Connection, Key);
    }
}
