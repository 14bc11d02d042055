using Calls.Machine;

namespace Calls;

/// <summary>
/// The timers of the current call; none runs where none is set. What a timer posts may have to wait in the mailbox, and by the time it is taken the timer may
/// have been cancelled, or set anew: then it did not fire.
/// </summary>
internal sealed class CallTimers(TimeProvider time, Action<TimerMail> post)
{
    private readonly (TimerMail Mail, ITimer Timer)?[] _set = new (TimerMail, ITimer)?[Enum.GetValues<CallTimer>().Length];

    public void Set(CallId id, CallTimer timer, TimeSpan due)
    {
        Cancel(timer);
        TimerMail mail = new(id, timer, post);
        _set[(int)timer] = (mail, time.CreateTimer(static state => ((TimerMail)state!).Send(), mail, due, Timeout.InfiniteTimeSpan));
    }

    public void Cancel(CallTimer timer)
    {
        _set[(int)timer]?.Timer.Dispose();
        _set[(int)timer] = null;
    }

    public void CancelAll()
    {
        foreach (var timer in Enum.GetValues<CallTimer>())
            Cancel(timer);
    }

    /// <summary>Takes what a timer posted.</summary>
    /// <returns>Whether it is still the one that is set; from now on it is not.</returns>
    public bool Take(TimerMail mail)
    {
        if (!ReferenceEquals(_set[(int)mail.Timer]?.Mail, mail))
            return false;
        Cancel(mail.Timer);
        return true;
    }
}
