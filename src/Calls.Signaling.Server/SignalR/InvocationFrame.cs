using Microsoft.AspNetCore.SignalR.Protocol;

namespace Calls.Signaling.Server;

/// <summary>What a text protocol of SignalR writes before and after the argument of a <c>Receive</c>; it is the same for every message.</summary>
internal sealed class InvocationFrame
{
    private const string Mark = "#";
    private static readonly byte[] MarkText = "\"#\""u8.ToArray();
    private readonly byte[] _before;
    private readonly byte[] _after;

    /// <param name="protocol">The protocol, which is asked once.</param>
    public InvocationFrame(IHubProtocol protocol)
    {
        var whole = protocol.GetMessageBytes(new InvocationMessage(CallHub.Receive, [Mark])).Span;
        var at = whole.IndexOf(MarkText);
        (_before, _after) = (whole[..at].ToArray(), whole[(at + MarkText.Length)..].ToArray());
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
