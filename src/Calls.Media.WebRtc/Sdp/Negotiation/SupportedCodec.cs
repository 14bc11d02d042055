namespace Calls.Media.WebRtc.Sdp;

/// <summary>A codec that the engine speaks, and how it offers it.</summary>
/// <param name="Name">The encoding.</param>
/// <param name="PayloadType">The payload type that an offer of ours gives it, where it is free.</param>
/// <param name="ClockRate">Ticks a second.</param>
/// <param name="Channels">Channels, as the format is registered.</param>
/// <param name="Parameters">The <c>fmtp</c> that we write; null: none.</param>
/// <param name="Feedback">The RTCP feedback that we take and give.</param>
internal sealed record SupportedCodec(string Name, int PayloadType, int ClockRate, int Channels = 1, string? Parameters = null, params string[] Feedback)
{
    /// <summary>Retransmission (RFC 4588).</summary>
    public const string Retransmission = "rtx";

    private static readonly SupportedCodec Opus = new("opus", 111, 48_000, 2, "minptime=10;useinbandfec=1", "transport-cc");
    private static readonly SupportedCodec[] Narrow = [new("PCMU", 0, 8_000), new("PCMA", 8, 8_000)];
    private static readonly SupportedCodec[] Video = [new("VP8", 96, 90_000, 1, null, "transport-cc", "ccm fir", "nack", "nack pli")];
    private static readonly SupportedCodec[] All = [Opus, .. Narrow];

    /// <summary>The header extensions that we offer and take, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [RtpExtensionMap.Mid, RtpExtensionMap.TransportSequence];

    /// <summary>The codecs for a kind of media, best first.</summary>
    public static IReadOnlyList<SupportedCodec> For(MediaKind kind, SdpProfile profile) => kind switch
    {
        MediaKind.Audio => profile.Opus ? All : Narrow,
        MediaKind.Video => Video,
        _ => [],
    };

    /// <summary>Whether <paramref name="codec"/> is this one. Opus is always told with two channels (RFC 7587, section 7).</summary>
    public bool Matches(RtpCodec codec) => codec.Is(Name, ClockRate) && codec.Channels == Channels;
}
