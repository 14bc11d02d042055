namespace Calls.Media.SIPSorcery.Session;

/// <summary>Watches the packets of pictures that come: SIPSorcery does not ask for a whole picture where one is missing.</summary>
internal sealed class Pictures
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    private TimeSpan _asked;
    private ushort _last;
    private bool _hasSome;
    private bool _owes = true;

    /// <summary>Whether to ask for a whole picture now: at the beginning, and where packets are missing, but not too often.</summary>
    public bool Came(ushort sequence, TimeSpan now)
    {
        var step = (short)(sequence - _last);
        if (_hasSome && step <= 0)
            return false;
        _owes |= _hasSome && step > 1;
        (_last, _hasSome) = (sequence, true);
        if (!_owes || _asked != default && now - _asked < Between)
            return false;
        (_owes, _asked) = (false, now);
        return true;
    }
}
