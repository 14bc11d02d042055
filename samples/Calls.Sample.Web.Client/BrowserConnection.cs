namespace Calls.Sample.Web.Client;

/// <summary>The page runs in the browser, which knows its server and sends its cookies.</summary>
internal sealed class BrowserConnection(string address) : IServerConnection
{
    public Uri Address { get; } = new(address);

    public string? Cookie => null;

    public HttpClient CreateHttpClient() => new() { BaseAddress = Address };
}
