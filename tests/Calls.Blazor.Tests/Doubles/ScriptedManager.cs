using System.Reactive.Subjects;
using Calls.Media;
using Moq;

namespace Calls.Blazor.Tests.Doubles;

/// <summary>A manager that reports what it is told to, and counts who listens.</summary>
internal sealed class ScriptedManager
{
    private readonly BehaviorSubject<CallSnapshot> _snapshots = new(CallSnapshot.Idle);
    private readonly Subject<CallError> _errors = new();

    public ScriptedManager()
    {
        Mock.Setup(manager => manager.Snapshots).Returns(_snapshots);
        Mock.Setup(manager => manager.Errors).Returns(_errors);
        Mock.Setup(manager => manager.Current).Returns(() => _snapshots.Value);
    }

    public static CallSnapshot Call { get; } = CallSnapshot.Idle with
    {
        CallId = CallId.Parse("c1"), ChatId = "bob", Role = CallRole.Caller, Peer = new CallPeer("bob", "d1", "Bob Marley"),
    };

    public static CallSnapshot VideoCall { get; } = Call with { IsVideoCall = true };

    public Mock<ICallManager> Mock { get; } = new();

    public ICallManager Object => Mock.Object;

    public bool HasListeners => _snapshots.HasObservers || _errors.HasObservers;

    /// <summary>Reports from another thread, as a real manager does.</summary>
    public void Report(CallSnapshot snapshot) => Task.Run(() => _snapshots.OnNext(snapshot)).GetAwaiter().GetResult();

    public void Report(CallError error) => _errors.OnNext(error);

    public static CallSnapshot Ended(CallSnapshot call, CallEndReason reason, CallEndedBy by, Exception? error = null) => call with
    {
        State = reason.IsFailure() ? CallState.Failed : CallState.Ended,
        End = new CallEnd { CallId = call.CallId!.Value, Reason = reason, By = by, In = CallState.Connected, Error = error },
    };

    public static CallSnapshot Connected(CallSnapshot call, IRemoteStream? stream = null) => call with
    {
        State = CallState.Connected, ConnectedAt = DateTimeOffset.UnixEpoch, RemoteStream = stream,
        PeerVideo = call.IsVideoCall ? VideoSource.Camera : VideoSource.Off,
    };
}
