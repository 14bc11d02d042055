using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>What a candidate line turned out to be.</summary>
internal enum CandidateReading
{
    /// <summary>A candidate to pair.</summary>
    Usable,

    /// <summary>Well formed, but nothing for us: TCP, another component, or a name such as <c>x.local</c>, which is never looked up.</summary>
    PassedOver,

    /// <summary>Empty: there are no more of this generation (RFC 8838, section 8.2).</summary>
    End,

    /// <summary>No candidate line.</summary>
    Malformed,
}

/// <summary>Candidates as lines (RFC 8839, section 5.1).</summary>
internal static class CandidateText
{
    private const int MaximumLength = 512;
    private const string Prefix = "candidate:";

    /// <summary>Writes <c>candidate:…</c>, without <c>a=</c>.</summary>
    public static string Write(LocalCandidate candidate, string ufrag)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{Prefix}{candidate.Foundation} 1 udp {candidate.Priority} {candidate.Address.Address} {candidate.Address.Port} typ {NameOf(candidate.Kind)}");
        if (candidate.Kind != IceCandidateKind.Host)
        {
            // The fields must be there; where nothing is to be told they say nothing.
            var related = candidate.Related ?? new TransportAddress(candidate.Address.IsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
            text = string.Create(CultureInfo.InvariantCulture, $"{text} raddr {related.Address} rport {related.Port}");
        }

        return $"{text} ufrag {ufrag}";
    }

    /// <summary>Reads a line, with or without <c>a=</c>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="candidate">What it says, where it is usable.</param>
    /// <param name="ufrag">The generation that it says it belongs to; null: it does not say.</param>
    public static CandidateReading Read(string line, out RemoteCandidate? candidate, out string? ufrag)
    {
        (candidate, ufrag) = (null, null);
        var text = line.AsSpan().Trim();
        if (text.StartsWith("a=", StringComparison.Ordinal))
            text = text[2..];
        if (text.IsEmpty || text is "end-of-candidates")
            return CandidateReading.End;
        if (text.Length > MaximumLength || !text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return CandidateReading.Malformed;
        text = text[Prefix.Length..];
        if (text.IsEmpty)
            return CandidateReading.End;

        Span<Range> parts = stackalloc Range[48];
        var count = text.Split(parts, ' ', StringSplitOptions.RemoveEmptyEntries);
        if (count < 8 || !text[parts[6]].Equals("typ", StringComparison.OrdinalIgnoreCase))
            return CandidateReading.Malformed;
        var foundation = text[parts[0]];
        if (foundation.Length is 0 or > 32
            || !byte.TryParse(text[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var component) || component == 0
            || !uint.TryParse(text[parts[3]], NumberStyles.None, CultureInfo.InvariantCulture, out var priority)
            || !ushort.TryParse(text[parts[5]], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return CandidateReading.Malformed;
        for (var i = 8; i + 1 < count; i += 2)
        {
            if (text[parts[i]] is "ufrag")
                ufrag = text[parts[i + 1]].ToString();
        }

        if (component != 1 || !text[parts[2]].Equals("udp", StringComparison.OrdinalIgnoreCase) || KindOf(text[parts[7]]) is not { } kind
            || !TryAddress(text[parts[4]], port, out var address))
            return CandidateReading.PassedOver;
        candidate = new RemoteCandidate(kind, address, priority, foundation.ToString());
        return CandidateReading.Usable;
    }

    /// <summary>The word for a kind.</summary>
    public static string NameOf(IceCandidateKind kind) => kind switch
    {
        IceCandidateKind.Host => "host",
        IceCandidateKind.ServerReflexive => "srflx",
        IceCandidateKind.PeerReflexive => "prflx",
        _ => "relay",
    };

    private static IceCandidateKind? KindOf(ReadOnlySpan<char> name) => name switch
    {
        "host" => IceCandidateKind.Host,
        "srflx" => IceCandidateKind.ServerReflexive,
        "prflx" => IceCandidateKind.PeerReflexive,
        "relay" => IceCandidateKind.Relayed,
        _ => null,
    };

    /// <summary>Takes what one host can have: nobody makes us send to a group, to everybody, or to nobody.</summary>
    private static bool TryAddress(ReadOnlySpan<char> text, ushort port, out TransportAddress address)
    {
        address = default;
        // Names have letters that addresses do not; "1" alone would be an address to the parser.
        if (port == 0 || !text.ContainsAny('.', ':') || !IPAddress.TryParse(text, out var ip))
            return false;
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        address = new TransportAddress(ip, port);
        if (ip.AddressFamily == AddressFamily.InterNetworkV6)
            return !ip.IsIPv6Multicast && !ip.Equals(IPAddress.IPv6Any);
        Span<byte> bytes = stackalloc byte[4];
        ip.TryWriteBytes(bytes, out _);
        return bytes[0] is not 0 and < 224;
    }
}
