namespace Calls.Sample.Web.SignIn;

/// <summary>The settings under <c>Sample</c>.</summary>
public sealed class SampleOptions
{
    /// <summary>Whether <c>?user=alice</c> in the address signs in, without anything else. Default: no; the sample's appsettings.json says yes.</summary>
    public bool DevelopmentSignIn { get; set; }

    /// <summary>Where the app's push service takes a POST for a user who is called while he has no device online. Default: none.</summary>
    public Uri? PushWebhook { get; set; }
}
