namespace Calls.Signaling.Server;

/// <summary>The pages of one server that nobody has now. What was given back last is given out first: it is still near the processor.</summary>
/// <param name="pageBytes">What a page holds: some ten candidates, as many as most calls have from each side.</param>
internal sealed class ReplayPages(int pageBytes = 2 * 1024)
{
    private const int MaxFree = 32 * 1024;
    private readonly Lock _gate = new();
    private ReplayPage[] _free = new ReplayPage[64];
    private int _count;

    /// <summary>An empty page, which the caller has.</summary>
    /// <param name="call">The call whose candidates it is for.</param>
    /// <param name="from">Who sent them, as JSON.</param>
    /// <param name="capacity">How many bytes it has to hold at least.</param>
    public ReplayPage Rent(CallId call, byte[] from, int capacity)
    {
        ReplayPage? page = null;
        if (capacity <= pageBytes)
        {
            lock (_gate)
            {
                if (_count > 0)
                    page = _free[--_count];
            }
        }

        page ??= new ReplayPage(this, Math.Max(capacity, pageBytes));
        page.Begin(call, from);
        return page;
    }

    public void Return(ReplayPage page)
    {
        if (page.Capacity > pageBytes)
            return;
        lock (_gate)
        {
            if (_count == MaxFree)
                return;
            if (_count == _free.Length)
                Array.Resize(ref _free, 2 * _count);
            _free[_count++] = page;
        }
    }
}
