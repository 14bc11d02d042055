using System.Globalization;
using System.Security.Cryptography;

namespace Calls.Media.WebRtc.Sdp;

/// <summary>
/// The offers and answers of one session (RFC 9429): who may speak, what is agreed, and what the next offer must keep. Takes and gives text, opens
/// nothing. A description that is refused changes nothing. Not for several threads at once.
/// </summary>
internal sealed class SdpNegotiation
{
    private readonly SdpProfile _profile;
    private readonly LocalStreams _streams;
    private readonly string _sessionId = RandomNumberGenerator.GetInt32(int.MaxValue).ToString(CultureInfo.InvariantCulture);
    private IReadOnlyList<MediaSection> _own = [];
    private SessionDescription? _pending;
    private ulong _version;

    /// <summary>A session that has said nothing yet.</summary>
    public SdpNegotiation(SdpProfile profile, LocalStreams streams) => (_profile, _streams) = (profile, streams);

    /// <summary>What holds now; null before the first answer.</summary>
    public SessionAgreement? Current { get; private set; }

    /// <summary>Whether an own offer waits for its answer.</summary>
    public bool HasPendingOffer => _pending is not null;

    /// <summary>Makes an offer; an earlier one that was not answered is replaced. New ICE credentials in <paramref name="end"/> make it an ICE restart.</summary>
    public string CreateOffer(LocalEnd end)
    {
        _pending = Describe(OfferBuilder.Build(_own, _profile, end, _streams), mixes: true);
        return SdpWriter.Write(_pending);
    }

    /// <summary>Takes the own offer back.</summary>
    public void Rollback() => _pending = null;

    /// <summary>Reads and checks an offer; nothing changes yet.</summary>
    /// <exception cref="SdpException">It cannot be answered.</exception>
    public RemoteOffer ReadOffer(string sdp)
    {
        if (_pending is not null)
            throw new SdpException(SdpErrorKind.WrongMoment, "An own offer waits for its answer: it is taken back first.");
        var offer = Parse(sdp);
        KeepsItsPlaces(offer);
        var accepted = AnswerBuilder.Choose(offer, _profile, Current);
        var end = Agreement.Transport(offer, offer.Sections[accepted[0]], Current);
        return new RemoteOffer(offer, accepted, end, Current is not null && Agreement.IsRestart(Current.Remote, end));
    }

    /// <summary>Answers an offer. Where it is an ICE restart, <paramref name="end"/> has new credentials (RFC 8445, section 9).</summary>
    public string Answer(RemoteOffer offer, LocalEnd end)
    {
        TransportDescription own = new()
        {
            IceUfrag = end.IceUfrag,
            IcePwd = end.IcePwd,
            Fingerprints = [end.Fingerprint],
            Setup = offer.End.Setup switch
            {
                // The roles of a connection that stands stay as they are.
                DtlsSetup.ActPass => Current?.IsDtlsClient == false ? DtlsSetup.Passive : DtlsSetup.Active,
                DtlsSetup.Active => DtlsSetup.Passive,
                _ => DtlsSetup.Active,
            },
        };
        var answer = Describe(AnswerBuilder.Build(offer.Description, offer.Accepted, _profile, own, _streams), offer.Description.MixesExtensions);
        Current = Agreement.Of(answer, offer.Description, answer, Current);
        _own = answer.Sections;
        return SdpWriter.Write(answer);
    }

    /// <summary>Takes the answer to the own offer.</summary>
    /// <exception cref="SdpException">It is no answer to it, or refuses everything; the offer still waits.</exception>
    public SessionAgreement TakeAnswer(string sdp)
    {
        var offer = _pending ?? throw new SdpException(SdpErrorKind.WrongMoment, "There is no offer that waits for an answer.");
        var answer = Parse(sdp);
        AnswerCheck.Check(offer, answer);
        var agreement = Agreement.Of(offer, answer, answer, Current);
        if (agreement.IsIceRestart && !BeginsGeneration(offer))
            throw new SdpException(SdpErrorKind.NotAnAnswerToTheOffer, "An answer begins a new ICE generation where its offer did not.");
        Current = agreement;
        _own = AnswerCheck.Settled(offer, answer);
        _pending = null;
        return Current;
    }

    private static SessionDescription Parse(string sdp)
        => SdpParser.TryParse(sdp, out var description, out var error) ? description : throw new SdpException(error);

    private bool BeginsGeneration(SessionDescription offer)
    {
        var before = _own.FirstOrDefault(section => section.Transport is not null)?.Transport;
        var next = offer.Sections.FirstOrDefault(section => section.Transport is not null)?.Transport;
        return before is null || next is null || Agreement.IsRestart(before, next);
    }

    private SessionDescription Describe(List<MediaSection> sections, bool mixes) => new()
    {
        SessionId = _sessionId,
        SessionVersion = ++_version,
        Bundle = [.. sections.Where(section => !section.IsRejected).Select(section => section.Mid!)],
        MixesExtensions = mixes,
        Sections = sections,
    };

    // A later offer has the sections of the earlier ones in their places (RFC 3264, section 8).
    private void KeepsItsPlaces(SessionDescription offer)
    {
        if (offer.Sections.Count < _own.Count)
            throw new SdpException(SdpErrorKind.Ambiguous, "The offer leaves out a section that was there before.");
        for (var i = 0; i < _own.Count; i++)
        {
            if (offer.Sections[i].KindName != _own[i].KindName && !_own[i].IsRejected)
                throw new SdpException(SdpErrorKind.Ambiguous, "The offer puts another kind of section into the place of one that was there before.");
        }
    }
}

/// <summary>An offer that can be answered.</summary>
/// <param name="Description">What it says.</param>
/// <param name="Accepted">The indexes of the sections that the answer accepts.</param>
/// <param name="End">The other side's end of the transport.</param>
/// <param name="IsIceRestart">Whether it begins a new ICE generation.</param>
internal sealed record RemoteOffer(SessionDescription Description, IReadOnlyList<int> Accepted, TransportDescription End, bool IsIceRestart);
