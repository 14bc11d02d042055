namespace Calls.Verification;

/// <summary>The certificates that a description is good for (RFC 8122, section 5).</summary>
internal static class DtlsFingerprints
{
    private const string Attribute = "a=fingerprint:";

    /// <summary>All fingerprints of a description, each once, in an order and spelling of their own; empty where there is none.</summary>
    public static string Of(string sdp)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (var line in sdp.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Attribute, StringComparison.Ordinal))
                found.Add(line[Attribute.Length..].Trim().ToString().ToUpperInvariant());
        }

        return string.Join('\n', found);
    }
}
