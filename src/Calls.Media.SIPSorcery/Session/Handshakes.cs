namespace Calls.Media.SIPSorcery.Session;

/// <summary>
/// Bounds how many connections of the process are made at once: each DTLS handshake of SIPSorcery blocks a thread of the pool until the other side's packets come,
/// which the same pool has to bring. So the pool is given a thread for each before it would make one by itself: its minimum is raised, once, by as many as can block.
/// </summary>
/// <remarks>Those that answer and those that offered are counted apart: an offerer is let in only after its answerer was, so that calls between two users of one process
/// never wait for one another in a ring.</remarks>
#pragma warning disable CA1001 // Both live as long as the process.
internal sealed class Handshakes
#pragma warning restore CA1001
{
    /// <summary>How many connections are made at once, of each kind.</summary>
    public const int Most = 8;

    // Where the other side does not answer, others need not wait for it: no handshake begins before it does.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _places = new(Most, Most);

    static Handshakes()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + 2 * Most, ports);
    }

    private Handshakes()
    {
    }

    /// <summary>Those that answer.</summary>
    public static Handshakes OfAnswerers { get; } = new();

    /// <summary>Those that offered.</summary>
    public static Handshakes OfOfferers { get; } = new();

    /// <summary>How many may begin now.</summary>
    public int Free => _places.CurrentCount;

    /// <summary>Waits for a place, which is free again when it is disposed of, or after a while.</summary>
    public async Task<IDisposable> BeginAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(_places, time);
    }

    private sealed class Place : IDisposable
    {
        private readonly ITimer _timer;
        private SemaphoreSlim? _places;

        public Place(SemaphoreSlim places, TimeProvider time)
        {
            _places = places;
            _timer = time.CreateTimer(static place => ((Place)place!).Leave(), this, Longest, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer.Dispose();
            Leave();
        }

        private void Leave() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
