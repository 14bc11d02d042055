namespace Calls.Media.WebRtc.Sdp;

/// <summary>What is wrong with a description.</summary>
internal enum SdpErrorKind
{
    /// <summary>It is no session description: a line or a field is not as RFC 8866 asks.</summary>
    Syntax,

    /// <summary>Longer, or with more lines or sections, than is taken (<see cref="SdpLimits"/>).</summary>
    TooLarge,

    /// <summary>A payload type above 127, a port above 65535, a header extension's number of 0 or above 255, or the like.</summary>
    OutOfRange,

    /// <summary>Two sections have one mid, or one payload type or extension number has two meanings.</summary>
    Ambiguous,

    /// <summary>There is no ICE user name or password that can be used.</summary>
    NoIceCredentials,

    /// <summary>There is no fingerprint of a kind that can be trusted (SHA-256 or longer): no media without one.</summary>
    NoFingerprint,

    /// <summary>Another certificate in the middle of a session: whoever it is, it is not who was connected.</summary>
    FingerprintChanged,

    /// <summary>RTP and RTCP do not share a port, or the sections do not share a transport.</summary>
    NotBundled,

    /// <summary>Nothing of it can be spoken by this engine.</summary>
    NothingInCommon,

    /// <summary>An answer that does not fit the offer: other sections, other mids, or a role that the offer left no room for.</summary>
    NotAnAnswerToTheOffer,

    /// <summary>There is no offer that it could answer, or an own offer is not answered yet.</summary>
    WrongMoment,
}

/// <summary>What is wrong with a description, and where.</summary>
/// <param name="Kind">What kind of trouble.</param>
/// <param name="Sentence">A sentence that repeats nothing of the description.</param>
/// <param name="Line">The line, from 1; 0: no single line.</param>
internal sealed record SdpError(SdpErrorKind Kind, string Sentence, int Line = 0);

/// <summary>A description that is not taken. Hosts see it as a <see cref="MediaException"/> with <see cref="MediaFailure.BadDescription"/>.</summary>
internal sealed class SdpException : MediaException
{
    public SdpException(SdpError error)
        : base(MediaFailure.BadDescription, error.Line > 0 ? $"{error.Sentence} (line {error.Line} of the description)" : error.Sentence)
        => Error = error;

    public SdpException(SdpErrorKind kind, string sentence)
        : this(new SdpError(kind, sentence))
    {
    }

    /// <summary>What is wrong.</summary>
    public SdpError Error { get; }
}
