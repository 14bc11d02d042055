namespace Calls.Media.SIPSorcery.Devices;

/// <summary>
/// Starts, pauses, resumes and closes one end point, one act at a time and each only where it changes something. An end point is started when it runs for the first time.
/// May be used from any thread. What the end point throws is thrown.
/// </summary>
internal sealed class DeviceRun(object endPoint, Func<Task> start, Func<Task> pause, Func<Task> resume, Func<Task> close)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private bool _isStarted;
    private bool _isRunning;
    private bool _isClosed;

    /// <summary>Lets it run, or pauses it.</summary>
    public Task SetAsync(bool runs) => InTurn(async () =>
    {
        if (_isClosed || runs == _isRunning)
            return;
        if (!_isStarted)
            await start().ConfigureAwait(false);
        else
            await (runs ? resume() : pause()).ConfigureAwait(false);
        (_isStarted, _isRunning) = (true, runs);
    });

    /// <summary>Does something between other acts; nothing once it is closed.</summary>
    public Task DoAsync(Action act) => InTurn(() =>
    {
        if (!_isClosed)
            act();
        return Task.CompletedTask;
    });

    /// <summary>Closes it, and disposes of it where it can be; the second time nothing.</summary>
    public Task CloseAsync() => InTurn(async () =>
    {
        if (_isClosed)
            return;
        _isClosed = true;
        try
        {
            await close().ConfigureAwait(false);
        }
        finally
        {
            (endPoint as IDisposable)?.Dispose();
        }
    });

    private Task InTurn(Func<Task> act)
    {
        lock (_gate)
            return _last = AfterAsync(_last, act);
    }

    private static async Task AfterAsync(Task previous, Func<Task> act)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await act().ConfigureAwait(false);
    }
}
