using Calls.Sample.Web.SignIn;
using Calls.Signaling.Server;
using Microsoft.Extensions.Options;

namespace Calls.Sample.Web.Push;

/// <summary>Tells the app's push service that somebody is called who has no device online. The push says who calls and no more: the device connects,
/// and the server gives it the offer.</summary>
public sealed class WebhookNotifier(IHttpClientFactory clients, IOptions<SampleOptions> options) : ICallNotifier
{
    /// <inheritdoc/>
    public async ValueTask NotifyAsync(CallNotification call, CancellationToken cancellationToken)
    {
        if (options.Value.PushWebhook is not { } webhook)
            return;
        using var http = clients.CreateClient();
        var push = new Push(call.UserId, call.CallId.Value, call.ChatId, call.Caller.DisplayName ?? call.Caller.UserId, call.Video, call.RingTimeout.TotalSeconds);
        using var answer = await http.PostAsJsonAsync(webhook, push, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private sealed record Push(string UserId, string CallId, string ChatId, string CallerName, bool Video, double RingSeconds);
}
