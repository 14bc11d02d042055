namespace Calls.Sample.Console.Wiring;

/// <summary>Who calls, and through which server.</summary>
/// <param name="Server">The server's address: <c>http</c> or <c>https</c>.</param>
/// <param name="User">The user id, which is also the chat id by which others call him.</param>
internal sealed record Account(Uri Server, string User)
{
    /// <summary>Where the calls go. The sample's server signs in whom the address names; a real one wants a token (<c>AccessTokenProvider</c>).</summary>
    public Uri Calls => At("calls");

    /// <summary>Where the server tells who is online.</summary>
    public Uri People => At("people");

    /// <summary>Where the server tells its STUN and TURN servers.</summary>
    public Uri IceServers => At("ice-servers");

    private Uri At(string path) => new(new Uri(Server, Server.AbsolutePath.TrimEnd('/') + "/"), $"{path}?user={Uri.EscapeDataString(User)}");
}
