using System.Collections.Immutable;
using Calls.Signaling.Server;
using ServerTimer = Calls.Signaling.Server.CallTimer;

namespace Calls.ModelCheck;

/// <summary>One state of everything: the devices, the server, the channels between them, and what is left of the budgets.</summary>
internal sealed class World
{
    public required Device[] Devices { get; init; }

    public ImmutableArray<ServerCall> Calls { get; set; } = [];

    public required Budget Left { get; set; }

    /// <summary>Whether Alice's call ids are greater than Bob's.</summary>
    public required bool AliceGreater { get; init; }

    /// <summary>Whether anything has happened that may end a call: a user ended or rejected, a timer ran out, media failed, or two of Bob's devices acted.</summary>
    public bool HasCause { get; set; }

    /// <summary>How many inputs the calls at the server have had: their clock. Only the order that it gives to what is kept is a part of the state.</summary>
    public int ServerInputs { get; set; }

    /// <summary>The invariant that the last step broke.</summary>
    public Violation? Broken { get; set; }

    public World Copy() => new()
    {
        Devices = (Device[])Devices.Clone(),
        Calls = Calls,
        Left = Left,
        AliceGreater = AliceGreater,
        HasCause = HasCause,
        ServerInputs = ServerInputs,
    };

    public void Break(string invariant, string detail) => Broken ??= new(invariant, detail);

    public static World Initial(Bounds bounds, bool aliceGreater)
    {
        var devices = new Device[bounds.BobDevices + 1];
        for (var i = 0; i < devices.Length; i++)
        {
            devices[i] = new Device { Index = i };
            devices[i].State = devices[i].State with { Self = Names.Party(i) };
        }

        return new() { Devices = devices, Left = bounds.Budget, AliceGreater = aliceGreater };
    }
}

/// <summary>A call at the server, and which of its timers run.</summary>
internal sealed record ServerCall(RoutedCall Call, ImmutableArray<ServerTimer> Timers);

/// <summary>An invariant that does not hold, and how.</summary>
internal sealed record Violation(string Invariant, string Detail);
