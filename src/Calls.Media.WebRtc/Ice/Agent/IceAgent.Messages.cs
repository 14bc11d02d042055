using System.Buffers.Binary;
using System.Text;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>What comes from the other side (RFC 8445, sections 7.2.5 and 7.3).</summary>
internal sealed partial class IceAgent
{
    private const int RoleConflict = 487, UnknownAttribute = 420;
    private const int MaximumUnknown = 16;

    // What the enumeration itself would be asked is forgotten at each collection, and found again at a question for consent.
    private static readonly StunAttribute[] Known = Enum.GetValues<StunAttribute>();

    /// <summary>Takes a STUN message. One that is not signed by the other side changes nothing.</summary>
    /// <param name="baseId">The base that it came to.</param>
    /// <param name="from">Where it came from.</param>
    /// <param name="datagram">The message.</param>
    /// <param name="now">When it came.</param>
    public void HandleDatagram(int baseId, TransportAddress from, ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (!StunMessage.TryParse(datagram, out var message) || message.Method != StunMethod.Binding)
            return;
        switch (message.Class)
        {
            case StunClass.Request:
                HandleRequest(baseId, from, message, now);
                break;
            case StunClass.Success or StunClass.Error:
                HandleAnswer(baseId, from, message, now);
                break;
            default:
                return;
        }

        HandleTimeout(now);
    }

    private void HandleRequest(int baseId, TransportAddress from, StunMessage request, TimeSpan now)
    {
        if (!request.TryGet(StunAttribute.Username, out var username))
            return;
        var list = Named(username);
        if (list is null || !request.HasIntegrity(list.LocalKey) || Local(baseId) is not { } local)
            return;
        if (RefusesUnknown(list, baseId, from, request) || RefusesRole(list, baseId, from, request))
            return;

        Span<byte> buffer = stackalloc byte[128];
        StunWriter answer = new(buffer, StunClass.Success, StunMethod.Binding, request.Transaction);
        answer.Add(StunAttribute.XorMappedAddress, from);
        answer.AddIntegrity(list.LocalKey);
        answer.AddFingerprint();
        _sink.Transmit(baseId, from, answer.Finish());
        if (list != _retired)
            Heard(list, local, from, request, now);
    }

    // Loops, because what a lambda takes along costs memory at each question for consent.
    private LocalCandidate? Local(int baseId)
    {
        foreach (var local in _locals)
        {
            if (local.BaseId == baseId)
                return local;
        }

        return null;
    }

    private uint? ReflexivePriority(TransportAddress mapped)
    {
        foreach (var candidate in _reflexive)
        {
            if (candidate.Address == mapped)
                return candidate.Priority;
        }

        return null;
    }

    private CheckList? Named(ReadOnlySpan<byte> username)
    {
        var at = username.IndexOf((byte)':');
        if (at <= 0)
            return null;
        var ufrag = username[..at];
        foreach (var list in (ReadOnlySpan<CheckList?>)[_current, _previous, _retired])
        {
            if (list is not null && Ascii.Equals(ufrag, list.Local.Ufrag))
                return list;
        }

        return null;
    }

    private void Heard(CheckList list, LocalCandidate local, TransportAddress from, StunMessage request, TimeSpan now)
    {
        var pair = list.Find(local.BaseId, from);
        if (pair is null)
        {
            // An address that nobody told (RFC 8445, section 7.3.1.3).
            list.AddRemote(new(IceCandidateKind.PeerReflexive, from, request.Number(StunAttribute.Priority) ?? 0, $"p{from}"), _locals, IsControlling, now);
            pair = list.PairHeard(local, from, IsControlling, now);
            if (pair is null)
                return;
        }

        (pair.IsHeard, pair.HeardAt) = (true, now);
        if (!IsControlling && request.Has(StunAttribute.UseCandidate))
            Nominate(list, pair, now);
        if (pair.State == PairState.Succeeded || pair.State == PairState.InProgress && pair.Unanswered == 1 && now - pair.UnansweredSince < _settings.Pace)
            return;
        // It has come through: an answer is likely, also where there was none.
        if (pair.State == PairState.Failed)
            pair.Forgive();
        if (pair.State != PairState.InProgress)
            pair.State = PairState.Waiting;
        pair.IsTriggered = true;
    }

    private void HandleAnswer(int baseId, TransportAddress from, StunMessage answer, TimeSpan now)
    {
        foreach (var list in (ReadOnlySpan<CheckList?>)[_current, _previous])
        {
            if (list is null)
                continue;
            foreach (var pair in list.Pairs)
            {
                // An answer comes from where the question went (RFC 8445, section 7.2.5.2.1).
                if (!pair.Is(baseId, from) || pair.Find(answer.Transaction) is not { } check || !answer.HasIntegrity(list.RemoteKey))
                    continue;
                if (answer.Class == StunClass.Error)
                    HandleError(pair, check, answer);
                else if (answer.Address(StunAttribute.XorMappedAddress) is { } mapped)
                    Succeed(list, pair, check, mapped, now);
                return;
            }
        }
    }

    private void Succeed(CheckList list, CandidatePair pair, SentCheck check, TransportAddress mapped, TimeSpan now)
    {
        pair.Answered(check, mapped, now);
        if (pair.State != PairState.Succeeded)
        {
            (pair.State, pair.IsTriggered) = (PairState.Succeeded, false);
            list.Unfreeze(pair);
        }

        // Both sides must rank the pair alike, and the other side knows this end by what it sees of it.
        pair.LocalPriority = mapped == pair.Local.Address
            ? pair.Local.Priority
            : ReflexivePriority(mapped) ?? pair.Local.ReflexivePriority;
        pair.Rank(IsControlling);
        if (IsControlling && pair == list.Selected)
            pair.IsNominated = true;
        pair.NextCheck = now + Varied(pair == list.Selected ? _settings.ConsentInterval : _settings.KeepAliveInterval);
    }

    private void HandleError(CandidatePair pair, SentCheck check, StunMessage answer)
    {
        if (answer.ErrorCode() != RoleConflict)
        {
            pair.State = PairState.Failed;
            return;
        }

        if (check.AsControlling == IsControlling)
            SwitchRole();
        if (pair.State != PairState.Succeeded)
            (pair.State, pair.IsTriggered) = (PairState.Waiting, true);
        pair.Forgive();
    }

    private bool RefusesRole(CheckList list, int baseId, TransportAddress from, StunMessage request)
    {
        var theirs = request.LongNumber(IsControlling ? StunAttribute.IceControlling : StunAttribute.IceControlled);
        if (theirs is null)
            return false;
        // Both claim the same role: the larger number controls.
        if (_tieBreaker >= theirs == IsControlling)
        {
            Refuse(list, baseId, from, request, RoleConflict, []);
            return true;
        }

        SwitchRole();
        return false;
    }

    private bool RefusesUnknown(CheckList list, int baseId, TransportAddress from, StunMessage request)
    {
        Span<byte> unknown = stackalloc byte[2 * MaximumUnknown];
        var length = 0;
        var attributes = request.Attributes();
        while (attributes.MoveNext() && length < unknown.Length)
        {
            if (attributes.Type >= (StunAttribute)0x8000 || Known.Contains(attributes.Type))
                continue;
            BinaryPrimitives.WriteUInt16BigEndian(unknown[length..], (ushort)attributes.Type);
            length += 2;
        }

        if (length == 0)
            return false;
        Refuse(list, baseId, from, request, UnknownAttribute, unknown[..length]);
        return true;
    }

    private void Refuse(CheckList list, int baseId, TransportAddress from, StunMessage request, int code, ReadOnlySpan<byte> unknown)
    {
        Span<byte> buffer = stackalloc byte[192];
        StunWriter answer = new(buffer, StunClass.Error, StunMethod.Binding, request.Transaction);
        answer.AddError(code, code == RoleConflict ? "Role Conflict" : "Unknown Attribute");
        if (!unknown.IsEmpty)
            answer.Add(StunAttribute.UnknownAttributes, unknown);
        answer.AddIntegrity(list.LocalKey);
        answer.AddFingerprint();
        _sink.Transmit(baseId, from, answer.Finish());
    }

    private void SwitchRole()
    {
        IsControlling = !IsControlling;
        foreach (var list in Lists())
        {
            list.RankAll(IsControlling);
            foreach (var pair in list.Pairs)
                pair.IsNominated = false;
        }
    }
}
