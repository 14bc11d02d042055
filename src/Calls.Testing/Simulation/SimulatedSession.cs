using Calls.Machine;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Testing;

/// <summary>One peer connection: takes only descriptions that fit its signaling state, and connects with the session whose description met its own.</summary>
internal sealed class SimulatedSession(Simulation world, SimulatedDevice device, CallId call, int id)
{
    private int _offer;
    private bool _hasLocalOffer;
    private SimulatedSession? _other;
    private MediaConnectionState _state;

    public int Id => id;

    public CallId Call => call;

    public bool IsClosed { get; private set; }

    public TimeSpan CutUntil { get; private set; }

    public bool IsConnected => _state == MediaConnectionState.Connected;

    public string CreateOffer()
    {
        _hasLocalOffer = true;
        Gather();
        return $"offer {id} {++_offer}";
    }

    public string AnswerOffer(string sdp)
    {
        if (_hasLocalOffer || sdp.Split(' ') is not ["offer", var remote, var number])
            throw new MediaException(MediaFailure.BadDescription, $"'{sdp}' does not fit: {(_hasLocalOffer ? "an own offer is out" : "no offer")}");
        Gather();
        return $"answer {id} {remote} {number}";
    }

    public void TakeAnswer(string sdp)
    {
        if (!_hasLocalOffer || sdp.Split(' ') is not ["answer", var remote, var mine, var number]
            || mine != $"{id}" || number != $"{_offer}")
            throw new MediaException(MediaFailure.BadDescription, $"'{sdp}' does not fit: {(_hasLocalOffer ? $"offer {_offer} is out" : "no own offer is out")}");
        _hasLocalOffer = false;
        Meet(world.Session(int.Parse(remote, System.Globalization.CultureInfo.InvariantCulture)));
    }

    public void Rollback() => _hasLocalOffer = false;

    public void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        _other?.Lose(world.Between(0.1, 7));
    }

    /// <summary>The path is cut; by itself it comes back only while nobody has given it up.</summary>
    public void Cut(TimeSpan duration)
    {
        if (_other is not { IsClosed: false } other || IsClosed)
            return;
        world.Trace(device.Name, "fault", $"media cut for {duration.TotalSeconds:F1} s");
        CutUntil = other.CutUntil = world.Clock.Now + duration;
        Lose(world.Between(0, 7));
        other.Lose(world.Between(0, 7));
        world.Clock.At(CutUntil, () =>
        {
            if (_state != MediaConnectionState.Failed && other._state != MediaConnectionState.Failed)
                Join(other);
        });
    }

    private void Meet(SimulatedSession other)
    {
        (_other, other._other) = (other, this);
        if (other.IsClosed)
            Lose(world.Between(1, 15));
        else
            Join(other);
    }

    private void Join(SimulatedSession other)
    {
        var cut = CutUntil > world.Clock.Now ? CutUntil - world.Clock.Now : TimeSpan.Zero;
        var path = cut + (world.Chance(SimulatedFaults.SlowMedia, 0.02) ? world.Between(0, 60) : world.Between(0.02, 0.2));
        foreach (var end in new[] { this, other })
        {
            world.Clock.Schedule(path + world.Between(0, 0.1), () =>
            {
                if (!IsClosed && !other.IsClosed && CutUntil <= world.Clock.Now)
                    end.Report(MediaConnectionState.Connected);
            });
        }
    }

    private void Lose(TimeSpan after)
    {
        world.Clock.Schedule(after, () => LoseIfSilent(MediaConnectionState.Disconnected));
        world.Clock.Schedule(after + TimeSpan.FromSeconds(10), () => LoseIfSilent(MediaConnectionState.Failed));
    }

    private void LoseIfSilent(MediaConnectionState state)
    {
        if (_other is { IsClosed: true } || CutUntil > world.Clock.Now)
            Report(state);
    }

    private void Report(MediaConnectionState state)
    {
        if (IsClosed || _state == state)
            return;
        _state = state;
        device.Later(() =>
        {
            if (IsClosed)
                return;
            world.Trace(device.Name, "media", state);
            device.Step(new ConnectionChanged(call, state));
        });
    }

    private void Gather()
    {
        for (var i = 0; i < 2; i++)
        {
            var name = $"candidate {id}.{i}";
            world.Clock.Schedule(world.Between(0, 0.2), () => device.Later(() =>
            {
                if (!IsClosed)
                    device.Step(new LocalCandidates(call, [new IceCandidate(name, "0", 0)]));
            }));
        }
    }
}
