namespace Calls.Sample.Web.Circuits;

/// <summary>Where a server reaches itself.</summary>
public static class OwnAddress
{
    private static readonly string[] Everywhere = ["0.0.0.0", "[::]", "*", "+"];

    /// <summary>The first address that a server listens on, with <c>localhost</c> for "everywhere", and a slash at its end.</summary>
    /// <exception cref="InvalidOperationException">It listens nowhere.</exception>
    public static Uri From(IEnumerable<string> addresses)
    {
        var address = addresses.OrderBy(one => !one.StartsWith("http://", StringComparison.OrdinalIgnoreCase)).FirstOrDefault()
            ?? throw new InvalidOperationException("The server listens on no address.");
        foreach (var host in Everywhere)
            address = address.Replace($"://{host}", "://localhost", StringComparison.Ordinal);
        return new Uri(address.TrimEnd('/') + "/");
    }
}
