using System.Collections.Immutable;
using Calls.Machine;
using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>One device: the real machine's state, the real streams, its media, its timers, its connection, and what its user has agreed to.</summary>
internal sealed class Device
{
    private const int TimerCount = (int)CallTimer.Linger + 1;

    public required int Index { get; init; }

    public MachineState State { get; set; } = MachineState.Initial;

    public CallStreams Streams { get; set; } = new();

    public Media? Media { get; set; }

    /// <summary>For each timer the call it was set for; empty: not set.</summary>
    public ImmutableArray<CallId> Timers { get; set; } = [.. new CallId[TimerCount]];

    /// <summary>Whether its connection stands.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Whether the server has welcomed it on this connection.</summary>
    public bool IsReady { get; set; } = true;

    /// <summary>Whether the server believes it connected.</summary>
    public bool IsKnown { get; set; } = true;

    public ImmutableArray<SignalingMessage> ToServer { get; set; } = [];

    public ImmutableArray<SignalingMessage> FromServer { get; set; } = [];

    /// <summary>The calls that its user started or accepted.</summary>
    public ImmutableArray<CallId> Consent { get; set; } = [];

    /// <summary>The calls whose end was told.</summary>
    public ImmutableArray<CallId> Ends { get; set; } = [];

    public int Starts { get; set; }

    /// <summary>A device that goes its own way from here. The streams are copied only by whom they are changed.</summary>
    public Device Copy() => (Device)MemberwiseClone();

    public bool IsSet(CallTimer timer) => !Timers[(int)timer].IsEmpty;
}
