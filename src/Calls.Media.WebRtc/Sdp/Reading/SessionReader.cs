namespace Calls.Media.WebRtc.Sdp;

/// <summary>Reads the lines before the first section.</summary>
internal sealed class SessionReader
{
    private int _lines;
    private bool _hasOrigin;
    private bool _hasName;
    private bool _hasTime;

    public string Id { get; private set; } = "0";

    public ulong Version { get; private set; }

    public List<string> Bundle { get; } = [];

    public bool MixesExtensions { get; private set; }

    public TransportReader Transport { get; } = new();

    public MediaDirection? Direction { get; private set; }

    public SdpError? Read(char type, ReadOnlySpan<char> value, int line)
    {
        _lines++;
        return type switch
        {
            'v' => _lines == 1 && value is "0" ? null : new(SdpErrorKind.Syntax, "A description begins with v=0.", line),
            _ when _lines == 1 => new(SdpErrorKind.Syntax, "A description begins with v=0.", line),
            'o' => ReadOrigin(value, line),
            's' => Mark(ref _hasName),
            't' => Mark(ref _hasTime),
            'a' => ReadAttribute(value, line),
            _ => null,
        };
    }

    /// <summary>What is missing where the first section begins; null: nothing.</summary>
    public SdpError? Complete(int line)
        => _hasOrigin && _hasName && _hasTime ? null : new(SdpErrorKind.Syntax, "A description has the lines v=, o=, s= and t= before its sections.", line);

    private static SdpError? Mark(ref bool seen)
    {
        seen = true;
        return null;
    }

    // o=<username> <sess-id> <sess-version> <nettype> <addrtype> <unicast-address>
    private SdpError? ReadOrigin(ReadOnlySpan<char> value, int line)
    {
        SdpError error = new(SdpErrorKind.Syntax, "The origin line has six fields, of which the second and third are numbers.", line);
        if (_hasOrigin || !SdpText.TryWord(ref value, out _) || !SdpText.TryWord(ref value, out var id) || !SdpText.TryWord(ref value, out var version))
            return error;
        if (id.Length > 32 || id.ContainsAnyExceptInRange('0', '9') || version.ContainsAnyExceptInRange('0', '9') || !ulong.TryParse(version, out var number))
            return error;
        if (!SdpText.TryWord(ref value, out _) || !SdpText.TryWord(ref value, out _) || !SdpText.TryWord(ref value, out _) || !value.IsEmpty)
            return error;
        (Id, Version, _hasOrigin) = (id.ToString(), number, true);
        return null;
    }

    private SdpError? ReadAttribute(ReadOnlySpan<char> attribute, int line)
    {
        var (name, value) = SectionReader.Split(attribute);
        if (name is "group")
            return ReadGroup(value, line);
        if (name is "extmap-allow-mixed")
            MixesExtensions = true;
        if (SectionReader.TryDirection(name, out var direction))
            Direction = direction;
        return Transport.Read(name, value, line);
    }

    private SdpError? ReadGroup(ReadOnlySpan<char> value, int line)
    {
        if (!SdpText.TryWord(ref value, out var semantics) || semantics is not "BUNDLE" || Bundle.Count > 0)
            return null;
        while (!value.IsEmpty)
        {
            if (!SdpText.TryWord(ref value, out var mid) || !SdpText.IsToken(mid))
                return new(SdpErrorKind.Syntax, "A group is a word and mids with single spaces.", line);
            if (Bundle.Count == SdpLimits.Sections)
                return new(SdpErrorKind.TooLarge, $"A group has at most {SdpLimits.Sections} sections.", line);
            Bundle.Add(mid.ToString());
        }

        return null;
    }
}
