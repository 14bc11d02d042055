using Calls.Machine;

namespace Calls;

/// <summary>Callers of commands that wait for the first effect of their command.</summary>
internal sealed class CallWaiters
{
    private readonly List<CommandMail> _waiting = [];

    public int Count => _waiting.Count;

    public void Add(CommandMail command) => _waiting.Add(command);

    /// <summary>Releases who has what he waits for, and who waits for a call that is over.</summary>
    public void Look(MachineState state)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var waiter = _waiting[i];
            var call = state.Call?.Id == waiter.For ? state.Call : null;
            if (call is not null && waiter.Done(state))
                Release(i).TrySetResult(call.Id);
            else if (call is not { End: null })
                Release(i).TrySetException(call?.End is { } end ? new CallException(end) : new CallException("The call is over."));
        }
    }

    /// <summary>The call goes on under another id.</summary>
    public void Rename(CallId from, CallId to)
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (_waiting[i].For == from)
                _waiting[i] = _waiting[i] with { For = to };
        }
    }

    public void Abandon(Exception exception)
    {
        while (_waiting.Count > 0)
            Release(_waiting.Count - 1).TrySetException(exception);
    }

    private TaskCompletionSource<CallId> Release(int at)
    {
        var completion = _waiting[at].Completion;
        _waiting.RemoveAt(at);
        return completion;
    }
}
