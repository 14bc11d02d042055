using System.Diagnostics.CodeAnalysis;

namespace Calls.Signaling.Server;

/// <summary>
/// Whose turn it is to write to a connection, and what waits for it. Whoever finds nobody writing writes himself, and then what came meanwhile; everybody else leaves here what he has.
/// An object beside its connection: everybody who sends changes it, and whoever reads from the connection would wait for his processor each time.
/// </summary>
/// <param name="maxWaiting">How many may wait.</param>
internal sealed class SendQueue(int maxWaiting)
{
    // Nobody writes, and nothing waits.
    private const int Free = 0;

    // Somebody writes, and lets go when he is done.
    private const int Taken = 1;

    // Somebody writes, and looks under the lock before he lets go; or nobody will ever write again.
    private const int Watched = 2;

    private readonly Lock _gate = new();
    private Queue<object>? _waiting;
    private Closing? _closing;
    private bool _isOver;
    private int _turn;

    /// <summary>What became of what was put here.</summary>
    public enum Place
    {
        /// <summary>It is to be written now, by whoever put it here, who then asks for what is next.</summary>
        Now,

        /// <summary>It waits.</summary>
        Waits,

        /// <summary>It was thrown away, because too much waits.</summary>
        Full,

        /// <summary>It was thrown away, because nothing more is written.</summary>
        Closed,
    }

    public Place Put(object item)
    {
        if (Interlocked.CompareExchange(ref _turn, Taken, Free) == Free)
            return Place.Now;
        lock (_gate)
        {
            var isOpen = _closing is null && !_isOver;
            if (isOpen)
            {
                if (TryTakeTurn())
                    return Place.Now;
                if (_waiting is null || _waiting.Count < maxWaiting)
                {
                    (_waiting ??= new Queue<object>()).Enqueue(item);
                    return Place.Waits;
                }
            }

            Drop(item);
            return isOpen ? Place.Full : Place.Closed;
        }
    }

    /// <summary>What is to be written next; false: nothing is, and whoever sends next writes himself, or the connection closes.</summary>
    public bool TryNext([NotNullWhen(true)] out object? item, out Closing? closing)
    {
        (item, closing) = (null, null);
        if (Interlocked.CompareExchange(ref _turn, Free, Taken) == Taken)
            return false;
        lock (_gate)
        {
            closing = _closing;
            if (closing is { SkipsQueue: true })
                DropAll();
            if (_waiting is not null && _waiting.TryDequeue(out item))
                return true;
            if (closing is null && !_isOver)
                Volatile.Write(ref _turn, Free);
            return false;
        }
    }

    /// <summary>Takes nothing more; only the first close counts.</summary>
    /// <param name="closing">How.</param>
    /// <param name="isMine">Whether nobody writes, so that whoever closes says goodbye; otherwise whoever writes does.</param>
    public bool TryClose(Closing closing, out bool isMine)
    {
        lock (_gate)
        {
            isMine = false;
            if (_closing is not null)
                return false;
            _closing = closing;
            isMine = TryTakeTurn();
            Volatile.Write(ref _turn, Watched);
            return true;
        }
    }

    /// <summary>Nothing is written any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            Volatile.Write(ref _turn, Watched);
            DropAll();
        }
    }

    /// <summary>Takes the turn, or has whoever has it look here before he lets go.</summary>
    private bool TryTakeTurn()
    {
        while (true)
        {
            if (Interlocked.CompareExchange(ref _turn, Watched, Taken) != Free)
                return false;
            if (Interlocked.CompareExchange(ref _turn, Taken, Free) == Free)
                return true;
        }
    }

    private void DropAll()
    {
        while (_waiting is not null && _waiting.TryDequeue(out var item))
            Drop(item);
    }

    private static void Drop(object item) => (item as PassedText)?.Return();
}
