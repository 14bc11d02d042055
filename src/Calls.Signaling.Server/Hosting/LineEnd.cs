using System.Buffers;

namespace Calls.Signaling.Server;

/// <summary>One party's end of an <see cref="OpenLine"/>: its leg as it changes.</summary>
internal sealed class LineEnd(ReplayPages pages)
{
    private const int FirstCapacity = 16;
    private Party _party = null!;
    private ValueArray<KeptMessage> _before;
    private KeptMessage[] _kept = [];
    private ReplayPage? _page;
    private QueuedConnection? _connection;
    private int _first;
    private int _end;
    private int _received;
    private int _sent;
    private int _candidates;

    public DeviceKey Device { get; private set; }

    public void Open(Leg leg)
    {
        (_party, Device, _before) = (leg.Party, leg.Device, leg.Outbox);
        (_received, _sent, _candidates) = (leg.Received, leg.Sent, leg.Candidates);
    }

    public bool IsOf(Party party)
        => ReferenceEquals(party, _party) || (party.DeviceId == _party.DeviceId && party.UserId == _party.UserId);

    /// <summary>Counts what came from here, if it is the next and within the bounds.</summary>
    public bool TryCount(int seq, int candidates, int maxCandidates)
    {
        if ((seq != 0 && seq != _received + 1) || _candidates + candidates > maxCandidates)
            return false;
        if (seq != 0)
            _received++;
        _candidates += candidates;
        return true;
    }

    /// <summary>Numbers and stamps candidates for here, and keeps them for replay.</summary>
    public PassedText Keep(CallId call, byte[] from, in CandidatesText text, TimeSpan now, RoutedCallSettings settings)
    {
        Drop(now - settings.ResumeWindow, settings.MaxKeptMessages - 1);
        _sent++;
        var page = PageFor(call, from, text.Candidates);
        MakeRoom();
        _kept[_end++] = new KeptMessage(page, page.Add(_sent, text.Candidates), now);
        return StampedText.Of(_sent, from, text.CallId, text.Candidates);
    }

    /// <summary>Sends what <see cref="Keep"/> made to the connection of this device, if it has one.</summary>
    public void Send(PassedText text, ConnectionRegistry connections)
    {
        if (_connection is not { IsFound: true })
        {
            var found = connections.Find(Device);
            _connection = found as QueuedConnection;
            if (_connection is null)
            {
                found?.Send(text.Read());
                text.Return();
                return;
            }
        }

        _connection.Send(text);
    }

    /// <summary>The leg with all that has passed.</summary>
    public Leg Close(Leg leg)
    {
        var closed = leg with { Received = _received, Sent = _sent, Candidates = _candidates, Outbox = _before.AddRange(_kept.AsSpan(_first, _end - _first)) };
        if (_kept.Length > 0)
            ArrayPool<KeptMessage>.Shared.Return(_kept, clearArray: true);
        (_before, _kept, _first, _end, _connection) = (default, [], 0, 0, null);
        return closed;
    }

    /// <summary>Lets go of the page that is being written: nothing more comes.</summary>
    public void Release()
    {
        _page?.Release();
        _page = null;
    }

    private ReplayPage PageFor(CallId call, byte[] from, ReadOnlySpan<byte> candidates)
    {
        if (_page?.HasRoom(from, candidates) == true)
            return _page;
        _page?.Release();
        return _page = pages.Rent(call, from, ReplayPage.LengthOf(candidates));
    }

    /// <summary>Drops what can no longer be missing, and what is too much.</summary>
    private void Drop(TimeSpan oldest, int most)
    {
        while (_before.Count > 0 && (_before.Count + _end - _first > most || _before[0].At < oldest))
        {
            _before[0].Release();
            _before = _before.Skip(1);
        }

        while (_first < _end && _before.Count == 0 && (_end - _first > most || _kept[_first].At < oldest))
        {
            _kept[_first].Release();
            _kept[_first++] = default;
        }
    }

    private void MakeRoom()
    {
        if (_end < _kept.Length)
            return;
        var count = _end - _first;
        if (_kept.Length > 0 && count <= _kept.Length / 2)
        {
            Array.Copy(_kept, _first, _kept, 0, count);
            Array.Clear(_kept, count, _end - count);
        }
        else
        {
            var larger = ArrayPool<KeptMessage>.Shared.Rent(Math.Max(FirstCapacity, 2 * count));
            Array.Copy(_kept, _first, larger, 0, count);
            if (_kept.Length > 0)
                ArrayPool<KeptMessage>.Shared.Return(_kept, clearArray: true);
            _kept = larger;
        }

        (_first, _end) = (0, count);
    }
}
