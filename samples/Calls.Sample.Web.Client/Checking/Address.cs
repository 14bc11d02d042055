using Microsoft.AspNetCore.Components;

namespace Calls.Sample.Web.Client.Checking;

/// <summary>Addresses of the other page, with what this page's own asks for: <c>?transport=signalr</c>, <c>?render=server</c>.</summary>
internal static class Address
{
    public static string Of(string page, NavigationManager navigation) => page + new Uri(navigation.Uri).Query;

    /// <summary>Whether the address is that of the check.</summary>
    public static bool IsCheck(NavigationManager navigation) => navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0] == "check";
}
