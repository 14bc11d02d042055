namespace Calls.Sample.Web.Client.People;

/// <summary>Somebody who is online.</summary>
/// <param name="User">The user id, which is also the chat id of a call to him.</param>
/// <param name="Name">His name.</param>
public sealed record Person(string User, string Name);
