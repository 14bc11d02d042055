using System.Text.RegularExpressions;

namespace Calls.Media.SIPSorcery.Descriptions;

/// <summary>
/// A stranger's description, read before SIPSorcery sees it: SIPSorcery throws on some that are bad, and takes others for good. Its candidates are taken out of it; they
/// are given one by one.
/// </summary>
internal sealed partial class RemoteDescription
{
    private RemoteDescription(string text, IReadOnlyList<RemoteSection> sections, IReadOnlyList<string> candidates)
    {
        (Text, Sections, Candidates) = (text, sections, candidates);
        Audio = sections.First(section => section is { Kind: "audio", IsRejected: false });
        Video = sections.FirstOrDefault(section => section is { Kind: "video", IsRejected: false });
    }

    /// <summary>The description without candidates.</summary>
    public string Text { get; }

    public IReadOnlyList<RemoteSection> Sections { get; }

    /// <summary>The candidate lines that were in it.</summary>
    public IReadOnlyList<string> Candidates { get; }

    /// <summary>The section of the sound, which carries the transport of all.</summary>
    public RemoteSection Audio { get; }

    /// <summary>The section of the pictures; null: there is none, or it is rejected.</summary>
    public RemoteSection? Video { get; }

    /// <summary>The ICE generation.</summary>
    public string Ufrag => Audio.Ufrag!;

    /// <summary>Reads an offer.</summary>
    /// <exception cref="MediaException">It is none that can be answered: <see cref="MediaFailure.BadDescription"/>.</exception>
    public static RemoteDescription ReadOffer(string? text)
    {
        var description = Read(text);
        Check(description.Audio.Setup is "actpass" or "passive", "An offer leaves the DTLS role open (RFC 8842, section 5.2).");
        return description;
    }

    /// <summary>Reads the answer to an offer with so many sections.</summary>
    /// <exception cref="MediaException">It is none: <see cref="MediaFailure.BadDescription"/>.</exception>
    public static RemoteDescription ReadAnswer(string? text, int sections)
    {
        var description = Read(text);
        Check(description.Audio.Setup is "active" or "passive", "An answer chooses the DTLS role (RFC 8842, section 5.3).");
        Check(description.Sections.Count == sections, "An answer has the sections of the offer (RFC 3264, section 6).");
        return description;
    }

    private static RemoteDescription Read(string? text)
    {
        var reader = new DescriptionReader(text);
        reader.Read();
        Check(reader.Sections.Any(section => section is { Kind: "audio", IsRejected: false }), "There is no section for sound.");
        RemoteDescription description = new(reader.Text, reader.Sections, reader.Candidates);
        foreach (var section in reader.Sections.Where(section => section is { Kind: "audio" or "video", IsRejected: false }))
        {
            Check(section.Codecs.Count > 0, $"The section for {section.Kind} has no codec.");
            Check(section.HasRtcpMux, "RTCP has a port of its own (RFC 8834, section 4.5).");
            Check(section.Ufrag is { Length: >= 4 and <= 256 } && section.Password is { Length: >= 22 and <= 256 }, "There are no ICE credentials (RFC 8839, section 5.4).");
            Check(section.Fingerprint is { } print && Fingerprint().IsMatch(print), "There is no fingerprint by SHA-256, SHA-384 or SHA-512 (RFC 8122, section 5).");
        }

        return description;
    }

    internal static void Check(bool isSo, string otherwise)
    {
        if (!isSo)
            throw new MediaException(MediaFailure.BadDescription, otherwise);
    }

    [GeneratedRegex(@"^(sha-256 [0-9a-f]{2}(:[0-9a-f]{2}){31}|sha-384 [0-9a-f]{2}(:[0-9a-f]{2}){47}|sha-512 [0-9a-f]{2}(:[0-9a-f]{2}){63})$", RegexOptions.IgnoreCase)]
    private static partial Regex Fingerprint();
}
