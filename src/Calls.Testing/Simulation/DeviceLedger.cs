using Calls.Machine;

namespace Calls.Testing;

/// <summary>What the user of a device agreed to, and which of its calls have ended: kept beside the machine, to judge it by.</summary>
internal sealed class DeviceLedger
{
    private readonly HashSet<CallId> _microphone = [];
    private readonly HashSet<CallId> _camera = [];
    private readonly HashSet<CallId> _opened = [];
    private readonly HashSet<CallId> _ended = [];

    /// <summary>Notes what a command agrees to, in the state in which the user gives it.</summary>
    public void Consent(CallInput command, MachineState state)
    {
        var (id, video) = command switch
        {
            StartCommand start when state is { State: CallState.IncomingRinging, Call: { } rings } && rings.ChatId == start.ChatId
                => (rings.Id, start.Video),
            StartCommand start => (start.Id, start.Video),
            AcceptCommand accept when state is { State: CallState.IncomingRinging, Call: { } rings } => (rings.Id, accept.Video),
            ToggleVideoCommand when state.Call is { } call => (call.DevicesId, true),
            _ => default,
        };
        if (id.IsEmpty)
            return;
        if (command is not ToggleVideoCommand)
            _microphone.Add(id);
        if (video)
            _camera.Add(id);
    }

    /// <summary>What is wrong with opening the devices of a call now; null where nothing is.</summary>
    public string? Open(CallId id, bool video)
    {
        if (!_microphone.Contains(id))
            return $"no capture before consent: the microphone opens for {id}";
        if (video && !_camera.Contains(id))
            return $"no capture before consent: the camera opens for {id}";
        return _opened.Add(id) ? null : $"media opens once a call: again for {id}";
    }

    /// <summary>What is wrong with turning the camera on now; null where nothing is.</summary>
    public string? Camera(CallId id) => _camera.Contains(id) ? null : $"no capture before consent: the camera turns on for {id}";

    public string? Ended(CallId id) => _ended.Add(id) ? null : $"one end event a call and side: a second for {id}";

    public bool HasEnded(CallId id) => _ended.Contains(id);
}
