using System.Globalization;
using System.Net;
using static Calls.Media.SIPSorcery.Descriptions.RemoteDescription;

namespace Calls.Media.SIPSorcery.Descriptions;

/// <summary>
/// Reads the lines of a description (RFC 8866). Every number in it is one before SIPSorcery converts it. Ports and addresses of sections give way to those that say that
/// ICE finds them (RFC 8839, section 4.2.1.1): SIPSorcery would take a port without an address for a hold.
/// </summary>
internal sealed class DescriptionReader(string? text)
{
    private const int MaximumLength = 200_000;
    private const int MostSections = 16;
    private static readonly Dictionary<int, string> Static = new() { [0] = "PCMU", [8] = "PCMA", [9] = "G722", [18] = "G729" };
    private readonly RemoteSection _session = new("session", 0);
    private readonly List<string> _lines = [];

    /// <summary>All lines but candidates.</summary>
    public string Text => string.Concat(_lines.Select(line => line + "\r\n"));

    public List<RemoteSection> Sections { get; } = [];

    public List<string> Candidates { get; } = [];

    public void Read()
    {
        Check(text is { Length: > 0 and <= MaximumLength }, "It is empty, or too long.");
        var isFirst = true;
        foreach (var line in text!.Split('\n').Select(one => one.TrimEnd('\r')).Where(one => one.Length > 0))
        {
            Check(!isFirst || line == "v=0", "It does not begin with v=0.");
            Check(line.Length > 2 && line[1] == '=' || !isFirst && line is "s=", "A line is no line.");
            isFirst = false;
            if (Take(line[0], line[2..]))
                _lines.Add(line[0] == 'c' ? "c=IN IP4 0.0.0.0" : line);
        }

        foreach (var section in Sections)
        {
            if (section is { Kind: "audio" or "video", IsRejected: false })
                _lines[section.Line] = string.Join(' ', _lines[section.Line].Split(' ').Select((part, index) => index == 1 ? "9" : part));
            section.Ufrag ??= _session.Ufrag;
            section.Password ??= _session.Password;
            section.Fingerprint ??= _session.Fingerprint;
            section.Setup ??= _session.Setup;
        }
    }

    private bool Take(char kind, string value)
    {
        switch (kind)
        {
            case 'm':
                Sections.Add(Section(value.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
                Check(Sections.Count <= MostSections, "There are too many sections.");
                break;
            case 'c':
                Check(value.Split(' ') is ["IN", "IP4" or "IP6", var address] && IPAddress.TryParse(address.Split('/')[0], out _), "A connection has no address.");
                break;
            case 'a':
                return Attribute(value);
        }

        return true;
    }

    private RemoteSection Section(string[] parts)
    {
        Check(parts.Length >= 4 && ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _), "A media section has no port.");
        RemoteSection section = new(parts[0], _lines.Count) { IsRejected = parts[1] == "0" };
        if (section.Kind is not ("audio" or "video"))
            return section;
        Check(parts[2] is "UDP/TLS/RTP/SAVPF" or "UDP/TLS/RTP/SAVP", "A media section is not for DTLS-SRTP (RFC 5764).");
        foreach (var part in parts.Skip(3))
            section.Codecs[Number(part, 127)] = "";
        foreach (var (payload, name) in Static.Where(one => section.Codecs.ContainsKey(one.Key)))
            section.Codecs[payload] = name;
        return section;
    }

    private bool Attribute(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var (name, said) = colon < 0 ? (value, "") : (value[..colon], value[(colon + 1)..]);
        var section = Sections.Count > 0 ? Sections[^1] : _session;
        switch (name)
        {
            case "candidate":
                Candidates.Add(value);
                return false;
            case "end-of-candidates":
                return false;
            case "mid":
                section.Mid = said;
                break;
            case "ice-ufrag":
                section.Ufrag = said;
                break;
            case "ice-pwd":
                section.Password = said;
                break;
            case "fingerprint":
                section.Fingerprint = said.Trim();
                break;
            case "setup":
                section.Setup = said;
                break;
            case "bundle-only":
                section.IsRejected = false;
                break;
            case "rtcp-mux":
                section.HasRtcpMux = true;
                break;
            case "rtpmap":
                Codec(section, said.Split(' ', 2));
                break;
            case "fmtp" or "rtcp-fb":
                Check(said.StartsWith('*') || Number(said.Split(' ')[0], 127) >= 0, "A format is no number.");
                break;
            case "extmap":
                Check(said.Split(' ') is [var id, _, ..] && Number(id.Split('/')[0], 255) > 0, "A header extension has no number (RFC 8285, section 5).");
                break;
            case "ssrc":
                Check(uint.TryParse(said.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out _), "A source is no number (RFC 5576, section 4.1).");
                break;
        }

        return true;
    }

    private static void Codec(RemoteSection section, string[] parts)
    {
        Check(parts.Length == 2, "A codec has no name.");
        var fields = parts[1].Split('/');
        Check(fields is [{ Length: > 0 }, var rate, ..] && Number(rate, 10_000_000) > 0 && (fields.Length < 3 || Number(fields[2], 255) > 0), "A codec has no clock rate.");
        if (section.Codecs.ContainsKey(Number(parts[0], 127)))
            section.Codecs[Number(parts[0], 127)] = fields[0];
    }

    private static int Number(string text, int most)
    {
        Check(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most, "What should be a number is none.");
        return number;
    }
}
