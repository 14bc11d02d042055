using System.Globalization;
using System.Text;
using Calls.Machine;
using Calls.Signaling;
using Calls.Signaling.Server;

namespace Calls.Testing;

/// <summary>One world that a seed decides wholly: users, devices, server, network, and the one thread on which all of it happens.</summary>
internal sealed class Simulation
{
    private readonly Random _random;
    private readonly StringBuilder? _timeline;
    private readonly List<SimulatedSession> _sessions = [];
    private readonly List<string> _violations = [];

#pragma warning disable CA5394 // Chance that can be replayed is the point.
    public Simulation(int seed, CallSimulatorOptions options, bool trace)
    {
        (Options, _random, _timeline) = (options, new Random(seed), trace ? new StringBuilder() : null);
        Router = new InMemoryRouter(Clock, new RoutedCallSettings());
        string[] names = [.. Enumerable.Range(0, options.Users).Select(user => $"user{user + 1}")];
        Devices = [.. names.SelectMany(name => Enumerable.Range(1, options.DevicesPerUser)
            .Select(device => new SimulatedDevice(this, new Party(name, $"d{device}"))))];
        Users = names;
    }

    public CallSimulatorOptions Options { get; }

    public VirtualClock Clock { get; } = new();

    public InMemoryRouter Router { get; }

    public IReadOnlyList<SimulatedDevice> Devices { get; }

    public IReadOnlyList<string> Users { get; }

    public IReadOnlyList<SimulatedSession> Sessions => _sessions;

    public IReadOnlyList<string> Violations => _violations;

    public string Timeline => _timeline?.ToString() ?? "";

    public int Steps { get; set; }

    public int SidesConnected { get; private set; }

    public int GlaresLost { get; private set; }

    /// <summary>Whether faults may still come; at the end the world is left in peace.</summary>
    public bool IsFaulty { get; set; } = true;

    public bool Has(SimulatedFaults fault) => (Options.Faults & fault) != 0;

    public bool Chance(SimulatedFaults fault, double chance) => Has(fault) && Chance(chance) && IsFaulty;

    public bool Chance(double chance) => _random.NextDouble() < chance;

    public TimeSpan Between(double from, double to)
        => TimeSpan.FromTicks((long)((from + (_random.NextDouble() * (to - from))) * TimeSpan.TicksPerSecond));

    public int Next(int below) => _random.Next(below);

    public T Any<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>An id that stands before or after any other by chance, as real ones do.</summary>
    public CallId NewCallId() => CallId.Parse(_random.Next().ToString("x8", CultureInfo.InvariantCulture));
#pragma warning restore CA5394

    public SimulatedSession NewSession(SimulatedDevice device, CallId call)
    {
        var session = new SimulatedSession(this, device, call, _sessions.Count);
        _sessions.Add(session);
        return session;
    }

    public SimulatedSession Session(int id) => _sessions[id];

    public void Trace(string who, string what, object subject)
    {
        if (_timeline is null)
            return;
        var text = subject switch
        {
            CallMessage message => $"{Name(message)} {message.CallId} #{message.Seq}",
            WelcomeMessage welcome => $"welcome [{string.Join(", ", welcome.Calls.Select(call => $"{call.CallId}:{call.Received}"))}]",
            ResumeMessage resume => $"resume [{string.Join(", ", resume.Calls.Select(call => $"{call.CallId}:{call.Received}"))}]",
            _ => subject.ToString(),
        };
        _timeline.AppendLine(CultureInfo.InvariantCulture, $"{Clock.Now.TotalSeconds,9:F3}  {who,-9} {what,-8} {text}");

        static string Name(CallMessage message) => message switch
        {
            EndMessage end => $"End({end.Reason})",
            RejectMessage reject => $"Reject({reject.Reason})",
            RejectedMessage rejected => $"Rejected({rejected.Reason})",
            NegotiateMessage negotiate => $"Negotiate({negotiate.Kind} {negotiate.Round})",
            MediaStateMessage media => $"Media(muted {media.Muted}, {media.Video})",
            _ => message.GetType().Name.Replace("Message", "", StringComparison.Ordinal),
        };
    }

    public void Complain(SimulatedDevice? device, string? violation)
    {
        if (violation is null)
            return;
        var text = device is null ? violation : $"{device.Name}: {violation}";
        Trace(device?.Name ?? "world", "VIOLATED", violation);
        _violations.Add(text);
    }

    /// <summary>Judges one step of one machine.</summary>
    public void Watch(SimulatedDevice device, MachineState before, CallInput input)
    {
        var now = device.State;
        if (LegalSnapshots.Broken(now) is { } broken)
            Complain(device, $"illegal snapshot after {input.GetType().Name}: {broken}");
        if (before.State == now.State && before.Call?.Id == now.Call?.Id)
            return;
        Trace(device.Name, "state", $"{before.State} → {now.State} {now.Call?.Id} on {input.GetType().Name}");
        if (!LegalTransitions.Allow(before.State, now.State))
            Complain(device, $"illegal transition: {before.State} → {now.State}");
        if (now.State == CallState.Connecting && before.State == CallState.IncomingRinging && input is not (AcceptCommand or StartCommand))
            Complain(device, $"only the user answers: {input.GetType().Name} led to Connecting");
        if (before.Call is { } old && now.Call is { } call && old.Id != call.Id && old.DevicesId == call.DevicesId)
            GlaresLost++;
        if (now.State == CallState.Connected && before.State != CallState.Connected)
            SidesConnected++;
        if (now.State == CallState.IncomingRinging)
            new SimulatedUser(this, device).HearRing(now.Call!.Id);
    }

    /// <summary>Runs until nothing is left to happen.</summary>
    public void RunToRest()
    {
        const int Many = 100_000;
        for (var i = 0; i < Many; i++)
        {
            if (!Clock.RunNext())
                return;
        }

        Complain(null, $"comes to rest: after {Many} events and {Clock.Now} there is still something to do");
    }
}
