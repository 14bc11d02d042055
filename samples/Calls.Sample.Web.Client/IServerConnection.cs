namespace Calls.Sample.Web.Client;

/// <summary>How this page reaches its server: from the browser on WebAssembly, from the server itself on Blazor Server.</summary>
public interface IServerConnection
{
    /// <summary>Where the server is.</summary>
    Uri Address { get; }

    /// <summary>The <c>Cookie</c> header to send; null where the browser sends its own.</summary>
    string? Cookie { get; }

    /// <summary>A client whose relative addresses are the server's.</summary>
    HttpClient CreateHttpClient();
}
