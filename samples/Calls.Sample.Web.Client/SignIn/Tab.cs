namespace Calls.Sample.Web.Client.SignIn;

/// <summary>What one browser tab knows of itself.</summary>
/// <param name="User">The user id; null while nobody is signed in.</param>
/// <param name="Name">His name as he typed it.</param>
/// <param name="Device">The tab's device id.</param>
public sealed record Tab(string? User, string? Name, string? Device);

/// <summary>What the server said to a name.</summary>
/// <param name="User">The user id; null where it was refused.</param>
/// <param name="Name">The name as typed.</param>
/// <param name="Device">The tab's device id.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record SignInResult(string? User, string? Name, string? Device, string? Problem);
