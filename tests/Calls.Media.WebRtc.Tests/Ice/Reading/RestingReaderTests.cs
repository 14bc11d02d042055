using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Tests.Session;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>
/// When the thread that reads for all sleeps, as Linux tells it; elsewhere there is no such thread. What comes is there at once, since the thread is held meanwhile: how fast the machine is says nothing. That the thread
/// sleeps for other reasons, or sleeps unseen, happens: what is said has to be so of one of many times.
/// </summary>
public sealed class RestingReaderTests : IDisposable
{
    private const byte OfMedia = 128, OfSetUp = 1;
    // What Linux says of a thread: the number of a system call, and what is given to it.
    private const string RestsForAMillisecond = "7 0x0 0x0 0x1 ";
    private const string WaitsForSomething = "232 ", ForASecond = " 0x3e8 ";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);
    private readonly DatagramReader? _reader = DatagramReader.TryCreate();
    private readonly UdpPort _sender = Datagrams.Open(IPAddress.Loopback);
    private readonly List<UdpPort> _ports = [];
    private readonly AutoResetEvent _holds = new(false), _mayGoOn = new(false);
    private string? _thread;
    private bool _isToHold = true;
    private int _sleptBefore;
    private long _takenAt;

    /// <summary>However many of them are read at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Where_much_media_comes_it_rests_for_a_millisecond_once_all_is_taken(int ports)
    {
        if (!TryOpen(ports))
            return;
        Within(() => Take().SeenResting, "it rests");
        Within(() => Take().Sleeps == 2 && Take().Sleeps == 2, "it rests once each time, and then waits for the next one");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Where_somebody_waits_for_an_answer_it_does_not_rest_however_much_media_comes_beside_it(int ports)
    {
        if (!TryOpen(ports))
            return;
        Within(() => Take().SeenResting, "much comes");
        Within(() => Take(second: OfSetUp).Sleeps == 1, "it waits for the next one and nothing else");
    }

    public void Dispose()
    {
        _ports.ForEach(port => port.Dispose());
        _sender.Dispose();
        _holds.Dispose();
        _mayGoOn.Dispose();
    }

    private bool TryOpen(int count)
    {
        if (_reader is null || RuntimeInformation.ProcessArchitecture != Architecture.X64 || !File.Exists("/proc/thread-self/syscall"))
            return false;
        for (var i = 0; i < count; i++)
        {
            var port = UdpPort.TryOpen(IPAddress.Loopback, (_, _) => Hold())!;
            _ports.Add(port);
            port.Start(_reader);
        }

        return true;
    }

    // On the thread that reads.
    private void Hold()
    {
        if (!_isToHold)
            return;
        _isToHold = false;
        _thread ??= "/proc/" + new FileInfo("/proc/thread-self").LinkTarget;
        _holds.Set();
        _mayGoOn.WaitOne(EngineCall.Patience);
        _sleptBefore = Sleeps();
    }

    /// <summary>Lets the thread take many datagrams that are all there: some thousands a second, of each port as many but of the first of several.</summary>
    /// <param name="second">What the second one of each port is.</param>
    private (bool SeenResting, int Sleeps) Take(byte second = OfMedia)
    {
        const int count = 160;
        while (TimeProvider.System.GetElapsedTime(_takenAt) < Between)
            Thread.Yield();
        _takenAt = TimeProvider.System.GetTimestamp();
        _sender.Send(_ports[0].Address, [OfMedia]);
        _holds.WaitOne(EngineCall.Patience).Should().BeTrue();
        var ports = _ports.Count == 1 ? _ports : _ports[1..];
        for (var i = 0; i < count; i++)
            _sender.Send(ports[i % ports.Count].Address, [i / ports.Count == 1 ? second : OfMedia]);
        _mayGoOn.Set();
        var seenResting = false;
        Within(() =>
        {
            var state = File.ReadAllText($"{_thread}/syscall");
            seenResting |= state.StartsWith(RestsForAMillisecond, StringComparison.Ordinal);
            return state.StartsWith(WaitsForSomething, StringComparison.Ordinal) && state.Contains(ForASecond, StringComparison.Ordinal);
        }, "where nothing more comes it sleeps until something does");
        _isToHold = true;
        return (seenResting, Sleeps() - _sleptBefore);
    }

    private int Sleeps() => int.Parse(
        File.ReadLines($"{_thread}/status").First(line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal)).Split(':')[1], CultureInfo.InvariantCulture);

    private static void Within(Func<bool> isSo, string what)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!isSo())
            TimeProvider.System.GetElapsedTime(begin).Should().BeLessThan(EngineCall.Patience, what);
    }
}
