using System.Text;

namespace Calls.Signaling.Server.Tests;

/// <summary>A transport that takes everything at once.</summary>
internal sealed class SilentConnection(Party party, ConnectionTerms terms) : QueuedConnection(party, "silent", terms)
{
    /// <summary>How many texts were written.</summary>
    public int Written { get; private set; }

    /// <summary>The text that was written last, if that is asked for.</summary>
    public string Last { get; private set; } = "";

    /// <summary>Whether texts are looked at, which takes memory.</summary>
    public bool Remembers { get; init; }

    protected override ValueTask WriteAsync(SignalingMessage message) => ValueTask.CompletedTask;

    protected override ValueTask WriteAsync(PassedText text)
    {
        Written++;
        if (Remembers)
            Last = Encoding.UTF8.GetString(text.Utf8.Span);
        return ValueTask.CompletedTask;
    }

    protected override ValueTask SayGoodbyeAsync(string reason) => ValueTask.CompletedTask;

    protected override bool IsBreak(Exception exception) => false;
}
