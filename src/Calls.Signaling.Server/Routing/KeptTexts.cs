namespace Calls.Signaling.Server;

/// <summary>The texts of one server that nobody has now. What was given back last is given out first: it is still near the processor.</summary>
internal sealed class KeptTexts
{
    private const int MaxFree = 32 * 1024;
    private const int LargestFree = 2 * 1024;
    private readonly Lock _gate = new();
    private KeptText[] _free = new KeptText[64];
    private int _count;

    /// <summary>An empty text, which the caller has.</summary>
    /// <param name="seq">Its number.</param>
    /// <param name="capacity">How many bytes it may have.</param>
    public KeptText Rent(int seq, int capacity)
    {
        KeptText? text = null;
        lock (_gate)
        {
            if (_count > 0)
                text = _free[--_count];
        }

        text ??= new KeptText(this);
        text.Begin(seq, capacity);
        return text;
    }

    public void Return(KeptText text)
    {
        if (text.Capacity > LargestFree)
            return;
        lock (_gate)
        {
            if (_count == MaxFree)
                return;
            if (_count == _free.Length)
                Array.Resize(ref _free, 2 * _count);
            _free[_count++] = text;
        }
    }
}
