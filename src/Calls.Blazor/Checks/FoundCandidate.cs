using System.Globalization;

namespace Calls.Blazor.Checks;

/// <summary>A candidate that the browser found (RFC 8839, section 5.1).</summary>
/// <param name="Kind">Where its address is from.</param>
/// <param name="Protocol"><c>UDP</c> or <c>TCP</c>, between the two sides of a call.</param>
/// <param name="Address">The address; where the browser hides it, a name that ends with <c>.local</c>.</param>
/// <param name="Port">0 to 65535.</param>
/// <param name="After">How long after the question it came.</param>
internal sealed record FoundCandidate(IceCandidateKind Kind, string Protocol, string Address, int Port, TimeSpan After)
{
    public bool IsHidden => Address.EndsWith(".local", StringComparison.OrdinalIgnoreCase);

    /// <summary>Address and port; of TCP that only calls out, whose port stands for none (RFC 6544, section 4.5), the address.</summary>
    public string EndPoint
    {
        get
        {
            var address = Address.Contains(':', StringComparison.Ordinal) ? $"[{Address}]" : Address;
            return Protocol == "TCP" && Port == 9 ? address : string.Create(CultureInfo.InvariantCulture, $"{address}:{Port}");
        }
    }

    /// <summary>Reads a candidate's line.</summary>
    /// <returns>Null: it is none.</returns>
    public static FoundCandidate? Parse(string? line, TimeSpan after)
    {
        var words = (line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var foundation, _, var protocol, _, var address, var port, "typ", var type, ..] || !foundation.StartsWith("candidate:", StringComparison.Ordinal)
            || KindOf(type) is not { } kind || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return new(kind, protocol.ToUpperInvariant(), address, number, after);
    }

    private static IceCandidateKind? KindOf(string type) => type switch
    {
        "host" => IceCandidateKind.Host,
        "srflx" or "prflx" => IceCandidateKind.SeenFromOutside,
        "relay" => IceCandidateKind.Relay,
        _ => null,
    };
}
