using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Calls.Media.SIPSorcery.Descriptions;

/// <summary>
/// Candidates as lines (RFC 8839, section 5.1). SIPSorcery throws on half a line, takes TCP for UDP, and looks names up: it is given nothing but what was read here.
/// </summary>
internal static class CandidateText
{
    private const int MaximumLength = 512;
    private const string Prefix = "candidate:";

    /// <summary>Reads a stranger's line, with or without <c>a=</c> and <c>candidate:</c>, and writes what SIPSorcery can use of it.</summary>
    /// <param name="line">The line; empty: the end of a generation.</param>
    /// <param name="ufrag">The ICE generation that the other side is in; a candidate that names another is passed over.</param>
    /// <returns>Null: nothing to use: TCP, another component, a name such as <c>x.local</c>, which is never looked up, or no candidate at all.</returns>
    public static string? Read(string? line, string? ufrag)
    {
        if (line is null || line.Length > MaximumLength)
            return null;
        var text = line.Trim();
        if (text.StartsWith("a=", StringComparison.Ordinal))
            text = text[2..];
        if (text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            text = text[Prefix.Length..];
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 8 || !parts[6].Equals("typ", StringComparison.OrdinalIgnoreCase) || parts[0].Length > 32
            || !byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var component)
            || !uint.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var priority)
            || !ushort.TryParse(parts[5], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return null;
        if (component != 1 || !parts[2].Equals("udp", StringComparison.OrdinalIgnoreCase) || parts[7] is not ("host" or "srflx" or "prflx" or "relay")
            || !TryAddress(parts[4], out var address) || port == 0)
            return null;
        var named = Array.IndexOf(parts, "ufrag", 8);
        if (ufrag is not null && named > 0 && named + 1 < parts.Length && parts[named + 1] != ufrag)
            return null;
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{parts[0]} 1 udp {priority} {address} {port} typ {parts[7]}");
    }

    /// <summary>SIPSorcery's own line, which lacks its name, as the other side reads it.</summary>
    public static string Write(string line) => line.StartsWith(Prefix, StringComparison.Ordinal) ? line : Prefix + line;

    /// <summary>Takes what one host can have: nobody makes us send to a group, to everybody, or to nobody.</summary>
    private static bool TryAddress(string text, out IPAddress address)
    {
        // Names have letters that addresses do not; "1" alone would be an address to the parser.
        address = IPAddress.None;
        if (!text.AsSpan().ContainsAny('.', ':') || !IPAddress.TryParse(text, out var ip))
            return false;
        address = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any);
        return address.GetAddressBytes()[0] is not 0 and < 224;
    }
}
