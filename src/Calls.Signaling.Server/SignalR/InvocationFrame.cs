using Microsoft.AspNetCore.SignalR.Protocol;

namespace Calls.Signaling.Server;

/// <summary>What SignalR's JSON protocol writes before and after the argument of a <c>Receive</c>; it is the same for every message.</summary>
internal sealed class InvocationFrame
{
    private static readonly byte[] Mark = "\"#\""u8.ToArray();
    private readonly byte[] _before;
    private readonly byte[] _after;

    /// <param name="protocol">The protocol as the app has set it, which is asked once.</param>
    public InvocationFrame(JsonHubProtocol protocol)
    {
        var whole = protocol.GetMessageBytes(new InvocationMessage(CallHub.Receive, [new HubText(Mark)])).Span;
        var at = whole.IndexOf(Mark);
        (_before, _after) = (whole[..at].ToArray(), whole[(at + Mark.Length)..].ToArray());
    }

    /// <summary>The invocation with an argument that is JSON already. To be given back once it is written.</summary>
    public PassedText Around(ReadOnlySpan<byte> json)
    {
        var framed = PassedText.Rent(_before.Length + json.Length + _after.Length);
        framed.Append(_before);
        framed.Append(json);
        framed.Append(_after);
        return framed;
    }
}
