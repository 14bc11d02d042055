namespace Calls.Media.WebRtc.Sdp;

/// <summary>Reads what a description says of ICE and DTLS, before the sections (for all of them) or in one.</summary>
internal sealed class TransportReader
{
    private readonly List<CertificateFingerprint> _fingerprints = [];
    private string? _ufrag;
    private string? _pwd;
    private DtlsSetup? _setup;
    private int _fingerprintsSeen;

    public SdpError? Read(ReadOnlySpan<char> name, ReadOnlySpan<char> value, int line) => name switch
    {
        "ice-ufrag" => ReadIceText(ref _ufrag, value, 4, line),
        "ice-pwd" => ReadIceText(ref _pwd, value, 22, line),
        "setup" => ReadSetup(value, line),
        "fingerprint" => ReadFingerprint(value, line),
        _ => null,
    };

    /// <summary>What a section says, completed by what is said for all; null where neither says anything of ICE.</summary>
    public TransportDescription? Finish(TransportReader forAll)
    {
        var ufrag = _ufrag ?? forAll._ufrag;
        var pwd = _pwd ?? forAll._pwd;
        if (ufrag is null || pwd is null)
            return null;
        return new TransportDescription
        {
            IceUfrag = ufrag,
            IcePwd = pwd,
            Setup = _setup ?? forAll._setup ?? DtlsSetup.ActPass,
            Fingerprints = _fingerprintsSeen > 0 ? _fingerprints : forAll._fingerprints,
        };
    }

    private static SdpError? ReadIceText(ref string? field, ReadOnlySpan<char> value, int shortest, int line)
    {
        if (!SdpText.IsIceText(value, shortest))
            return new(SdpErrorKind.Syntax, "An ICE user name has 4 to 256, a password 22 to 256 letters, digits, '+' or '/'.", line);
        field = value.ToString();
        return null;
    }

    private SdpError? ReadSetup(ReadOnlySpan<char> value, int line)
    {
        _setup = value switch
        {
            "actpass" => DtlsSetup.ActPass,
            "active" => DtlsSetup.Active,
            "passive" => DtlsSetup.Passive,
            _ => null,
        };
        return _setup is null ? new(SdpErrorKind.Syntax, "a=setup is actpass, active or passive.", line) : null;
    }

    private SdpError? ReadFingerprint(ReadOnlySpan<char> value, int line)
    {
        if (++_fingerprintsSeen > SdpLimits.Fingerprints)
            return new(SdpErrorKind.TooLarge, $"A section has at most {SdpLimits.Fingerprints} fingerprints.", line);
        if (!SdpText.TryFingerprint(value, out var wrong, out var fingerprint))
            return new(SdpErrorKind.Syntax, wrong, line);
        if (fingerprint is { } trusted)
            _fingerprints.Add(trusted);
        return null;
    }
}
