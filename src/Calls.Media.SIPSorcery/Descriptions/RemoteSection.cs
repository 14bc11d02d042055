namespace Calls.Media.SIPSorcery.Descriptions;

/// <summary>One media section of a stranger's description.</summary>
/// <param name="Kind"><c>audio</c>, <c>video</c>, or another word.</param>
/// <param name="Line">Where it begins in the description.</param>
internal sealed record RemoteSection(string Kind, int Line)
{
    /// <summary>Whether its port is 0, and it is not one that comes only in the bundle (RFC 9143, section 7.2.1).</summary>
    public bool IsRejected { get; set; }

    /// <summary>Its name in the bundle.</summary>
    public string? Mid { get; set; }

    /// <summary>The names of its codecs by their payload types, the best first.</summary>
    public OrderedDictionary<int, string> Codecs { get; } = [];

    public string? Ufrag { get; set; }

    public string? Password { get; set; }

    public string? Fingerprint { get; set; }

    public string? Setup { get; set; }

    public bool HasRtcpMux { get; set; }

    /// <summary>Whether one of its codecs has a name.</summary>
    public bool Speaks(string codec) => Codecs.Values.Contains(codec, StringComparer.OrdinalIgnoreCase);

    /// <summary>The place of a payload type in its order; one that it does not have comes last.</summary>
    public uint Rank(int payload) => (uint)Codecs.IndexOf(payload);
}
