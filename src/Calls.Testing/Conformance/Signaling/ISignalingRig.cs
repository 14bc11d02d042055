using Calls.Signaling;

namespace Calls.Testing;

/// <summary>
/// What the author of an <see cref="ISignalingChannel"/> gives to <see cref="SignalingConformance"/>: one channel, and the far end of it. One rig serves
/// one case; whoever made it disposes of it afterwards.
/// </summary>
public interface ISignalingRig : IAsyncDisposable
{
    /// <summary>What the rig can do. Cases that need more are left out.</summary>
    SignalingRigAbilities Abilities { get; }

    /// <summary>How the server treats connections from now on. A case may set it before <see cref="Open"/> and whenever no connection is up.</summary>
    ServerManner Manner { get; set; }

    /// <summary>How often the channel has tried to connect, successfully or not.</summary>
    int Attempts { get; }

    /// <summary>How long the channel may take to notice a silent connection, as the rig configures it. Keep it short: a case waits for it.</summary>
    TimeSpan SilenceLimit { get; }

    /// <summary>How long a case waits for what must happen. Default: 20 s; only a broken channel makes a case wait so long.</summary>
    TimeSpan Patience => TimeSpan.FromSeconds(20);

    /// <summary>Makes the channel, not connected yet. Called once.</summary>
    /// <param name="timeProvider">The clock of everything in the channel that waits. In some cases it stands still until the case moves it.</param>
    ISignalingChannel Open(TimeProvider timeProvider);

    /// <summary>Sends one text from the server on the channel's connection. Throws where there is no connection; never waits for the channel's observers.</summary>
    /// <param name="utf8">The text; a message, unless the rig can send any (<see cref="SignalingRigAbilities.AnyText"/>).</param>
    Task SendAsync(ReadOnlyMemory<byte> utf8);

    /// <summary>The next message that arrived at the server, whatever connection it came on.</summary>
    Task<SignalingMessage> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Breaks the connection, without a farewell.</summary>
    Task CutAsync();
}

/// <summary>What a rig can do besides connecting and passing messages.</summary>
[Flags]
public enum SignalingRigAbilities
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Sends any text, also what is no message.</summary>
    AnyText = 1,

    /// <summary>Cuts connections and is unreachable, and the channel comes back by itself.</summary>
    Losses = 2,

    /// <summary>Refuses a client for good.</summary>
    Refusals = 4,

    /// <summary>Falls silent on a connection.</summary>
    Silence = 8,

    /// <summary>Everything.</summary>
    All = AnyText | Losses | Refusals | Silence,
}

/// <summary>How a server treats a connection.</summary>
public enum ServerManner
{
    /// <summary>Accepts it and says <see cref="WelcomeMessage"/>.</summary>
    Accepts,

    /// <summary>Cannot be reached for the moment: every attempt fails, or waits for ever.</summary>
    Unreachable,

    /// <summary>Refuses it for good: no or wrong token.</summary>
    Refuses,

    /// <summary>Accepts it, says <see cref="WelcomeMessage"/>, and from then on neither reads nor writes: a half-open connection.</summary>
    Silent,
}
