using Calls.Signaling;
using Calls.Signaling.Server;

namespace Calls.Testing;

/// <summary>One signaling connection of one device. In order within a call; once cut, nothing passes either way.</summary>
internal sealed class SimulatedLink(Simulation world, SimulatedDevice device) : ICallConnection
{
    private readonly Dictionary<CallId, TimeSpan> _down = [];
    private readonly Dictionary<CallId, TimeSpan> _up = [];
    private TimeSpan _notBefore;

    public Party Party => device.Party;

    public bool IsCut { get; private set; }

    public void Cut() => IsCut = true;

    /// <summary>From the server to the device.</summary>
    public void Send(SignalingMessage message)
    {
        var at = Arrival(message, _down);
        if (message is not CallMessage)
            _notBefore = at;
        Pass(at, message, () => device.Later(() => device.Receive(this, message)));
    }

    /// <summary>From the device to the server.</summary>
    public void SendUp(SignalingMessage message)
        => Pass(Arrival(message, _up), message, () =>
        {
            world.Trace(device.Name, "→ server", message);
            world.Router.Receive(this, message);
        });

    public void Close(ErrorMessage last) => Cut();

    private void Pass(TimeSpan at, SignalingMessage message, Action arrive)
    {
        world.Clock.At(at, Guarded);
        if (message is not WelcomeMessage && world.Chance(SimulatedFaults.Duplicate, 0.05))
            world.Clock.At(at + world.Between(0, 2), Guarded);

        void Guarded()
        {
            if (!IsCut)
                arrive();
        }
    }

    private TimeSpan Arrival(SignalingMessage message, Dictionary<CallId, TimeSpan> last)
    {
        var latency = world.Chance(SimulatedFaults.Delay, 0.05) ? world.Between(0, 5) : world.Between(0.001, 0.1);
        // Without the fault all calls share one order.
        var key = world.Has(SimulatedFaults.Reorder) && message is CallMessage inCall ? inCall.CallId : default;
        var at = Max(Max(world.Clock.Now + latency, _notBefore), last.GetValueOrDefault(key));
        last[key] = at;
        return at;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
