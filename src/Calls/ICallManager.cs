using Calls.Media;
using Calls.Signaling;

namespace Calls;

/// <summary>
/// Holds the one call of an app, a chat, or a Blazor Server circuit: takes commands, tells what happens. Every member may be used from any thread.
/// </summary>
/// <remarks>Observers run one after another, in order, off the manager's own loop: one that is slow, throws, or calls a command stops nothing.</remarks>
public interface ICallManager : IAsyncDisposable
{
    /// <summary>The call as it stands now.</summary>
    CallSnapshot Current { get; }

    /// <summary>The current snapshot at once, then every change. Never OnError; completes when the manager is disposed.</summary>
    IObservable<CallSnapshot> Snapshots { get; }

    /// <summary>The current state at once, then every change of the state.</summary>
    IObservable<CallState> States { get; }

    /// <summary>The remote stream of each call: once a call, and again where an engine without ICE restart had its session replaced inside the call.</summary>
    IObservable<IRemoteStream> RemoteStreams { get; }

    /// <summary>Why each call ended: once a call.</summary>
    IObservable<CallEnd> Ends { get; }

    /// <summary>Trouble that does not end the call.</summary>
    IObservable<CallError> Errors { get; }

    /// <summary>Calls that came and never rang here: while busy, or too late.</summary>
    IObservable<MissedCall> MissedCalls { get; }

    /// <summary>The state of the signaling connection: the current one at once, then every change.</summary>
    IObservable<ChannelStatus> SignalingStatus { get; }

    /// <summary>
    /// Which microphone, camera and speaker calls use: chosen before or during a call. Null where the media engine lets nobody choose.
    /// </summary>
    IMediaDevices? Devices { get; }

    /// <summary>Connects the signaling channel. Needed only where <see cref="CallOptions.AutoConnect"/> is off.</summary>
    /// <exception cref="SignalingException">The server refused this client.</exception>
    Task ConnectAsync(CancellationToken cancellationToken = default);

    /// <summary>Calls the other members of a chat.</summary>
    /// <param name="chatId">The conversation, 1–256 characters.</param>
    /// <param name="video">Whether to open the camera too.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The call's id, when the offer was sent. Where the other side calls at the same moment there is one call, and this is its id.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> is empty, too long, or the user's own id.</exception>
    /// <exception cref="InvalidOperationException">There is a call already. (To call who rings here at this moment is to accept.)</exception>
    /// <exception cref="CallException">The call ended before the offer was sent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the call is over.</exception>
    Task<CallId> StartOutgoingAsync(string chatId, bool video, CancellationToken cancellationToken = default);

    /// <summary>Accepts the call that rings.</summary>
    /// <param name="video">Whether to open the camera too.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Completes when the answer was sent. A second accept is safe and does nothing.</returns>
    /// <exception cref="InvalidOperationException">No call rings.</exception>
    /// <exception cref="CallException">The call ended before the answer was sent.</exception>
    Task AcceptIncomingAsync(bool video, CancellationToken cancellationToken = default);

    /// <summary>Accepts a call that reached the app by another way, as by a push message.</summary>
    /// <inheritdoc cref="AcceptIncomingAsync(bool, CancellationToken)"/>
    Task AcceptIncomingAsync(IncomingOffer offer, bool video, CancellationToken cancellationToken = default);

    /// <summary>Declines the call that rings. Safe in every state; does nothing where no call rings.</summary>
    Task RejectAsync(CancellationToken cancellationToken = default);

    /// <summary>Hangs up, cancels or declines, whatever the state. Safe in every state; does nothing where there is no call.</summary>
    Task EndAsync(CancellationToken cancellationToken = default);

    /// <summary>Mutes the microphone, or unmutes it. The last wish wins.</summary>
    /// <exception cref="InvalidOperationException">There is no call.</exception>
    Task ToggleMuteAsync(CancellationToken cancellationToken = default);

    /// <summary>Turns the camera on or off; on in place of a screen that is shared. The last wish wins.</summary>
    /// <exception cref="InvalidOperationException">There is no call.</exception>
    Task ToggleVideoAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Shares a screen, window or tab in place of the camera, or stops sharing it: the camera comes back if it was on. The last wish wins. A share
    /// that is not granted is told by <see cref="Errors"/>, and what was sent before is sent on.
    /// </summary>
    /// <exception cref="InvalidOperationException">No call is answered, or the media engine cannot share a screen.</exception>
    Task ToggleScreenShareAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts the call on hold, or takes it off. While either side holds it, neither sends nor plays anything; mute, camera and screen are afterwards what
    /// they were, or what was wished meanwhile.
    /// </summary>
    /// <exception cref="InvalidOperationException">No call is connected.</exception>
    Task ToggleHoldAsync(CancellationToken cancellationToken = default);
}
