using System.Net;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;
using Calls.Media.WebRtc.Tests.Session;
using Microsoft.Extensions.Logging;

namespace Calls.Media.WebRtc.Tests.Ice;

public sealed class DatagramReaderTests : IDisposable
{
    // Null on systems where each port waits for itself; what is said here holds there too, except where a reader is needed.
    private readonly DatagramReader? _reader = DatagramReader.TryCreate();
    private readonly UdpPort _sender = UdpPort.TryOpen(IPAddress.Loopback, (_, _) => { })!;
    private readonly List<UdpPort> _ports = [];

    [Fact]
    public async Task All_ports_are_read_on_one_thread_which_leaves_after_the_last()
    {
        if (_reader is null)
            return;
        for (var round = 0; round < 2; round++)
        {
            HashSet<Thread> threads = [];
            var heard = 0;
            for (var i = 0; i < 20; i++)
            {
                Open((_, _) =>
                {
                    threads.Add(Thread.CurrentThread);
                    heard++;
                });
            }

            await SendUntil(() => Volatile.Read(ref heard) >= 100);
            CloseAll();
            var thread = threads.Should().ContainSingle().Subject;
            await EngineCall.Until(() => !thread.IsAlive, "the thread leaves, and another comes with the next port");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_sent_arrives_from_where_it_was_sent_also_where_each_port_waits_for_itself(bool withReader)
    {
        List<(TransportAddress From, byte[] Data)> heard = [];
        Open((from, datagram) =>
        {
            lock (heard)
                heard.Add((from, datagram.ToArray()));
        }, withReader ? _reader : null);
        await SendUntil(() =>
        {
            lock (heard)
                return heard.Count > 10;
        });
        heard.Should().OnlyContain(one => one.From == _sender.Address && one.Data.Length == 3);
    }

    /// <summary>A datagram to oneself is there when it is sent, and is not lost.</summary>
    [Fact]
    public async Task Of_many_ports_each_hears_what_is_sent_to_it_once_and_in_order()
    {
        const int each = 20;
        List<List<byte>> heard = [];
        for (var i = 0; i < 40; i++)
        {
            List<byte> own = [];
            heard.Add(own);
            Open((_, datagram) =>
            {
                lock (own)
                    own.Add(datagram[0]);
            });
        }

        for (byte number = 0; number < each; number++)
        {
            foreach (var port in _ports)
                _sender.Send(port.Address, [number]);
        }

        await EngineCall.Until(() => heard.TrueForAll(own =>
        {
            lock (own)
                return own.Count >= each;
        }), "all arrive");
        foreach (var own in heard)
            own.Should().Equal(Enumerable.Range(0, each).Select(number => (byte)number));
    }

    /// <summary>One that came damaged is told of, and then not there.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_port_that_is_asked_in_vain_however_often_is_heard_after_it(bool together)
    {
        using var batch = ReadingBatch.TryCreate();
        if (_reader is null || together && batch is null)
            return;
        var heard = 0;
        var port = Open((_, _) => Interlocked.Increment(ref heard));
        for (var i = 0; i < 1_000; i++)
        {
            if (together)
                ReadAlone(port, batch!);
            else
                port.Read(new byte[1], most: 1);
        }

        _sender.Send(port.Address, [1]);
        await EngineCall.Until(() => Volatile.Read(ref heard) == 1, "it is read on");
    }

    /// <summary>The system waits for no file: those can be read at any time.</summary>
    [Fact]
    public async Task One_that_the_system_refuses_is_not_read_and_keeps_nobody_there()
    {
        if (_reader is null)
            return;
        using var file = File.OpenHandle(typeof(DatagramReaderTests).Assembly.Location);
        _reader.TryAdd(_sender, file).Should().BeNull();
        Thread? thread = null;
        Open((_, _) => thread = Thread.CurrentThread);
        await SendUntil(() => Volatile.Read(ref thread) is not null);
        CloseAll();
        await EngineCall.Until(() => !thread!.IsAlive, "the thread leaves after the last that is read");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_datagram_of_either_family_comes_from_where_it_was_sent(string address)
    {
        if (UdpPort.TryOpen(IPAddress.Parse(address), (_, _) => { }) is not { } sender)
            return;
        using (sender)
        {
            TransportAddress? from = null;
            using var receiver = UdpPort.TryOpen(IPAddress.Parse(address), (sentFrom, _) => from ??= sentFrom)!;
            receiver.Start(_reader);
            await EngineCall.Until(() =>
            {
                sender.Send(receiver.Address, [1]);
                return from is not null;
            }, "it arrives");
            from.Should().Be(sender.Address);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task A_handler_that_throws_does_not_silence_the_others_or_itself_and_is_told_once(bool withReader, bool asIfClosed)
    {
        var (bad, good) = (0, 0);
        Exception thrown = asIfClosed ? new ObjectDisposedException("of the handler's own") : new InvalidOperationException();
        CountingLogger logger = new();
        Open((_, _) =>
        {
            Interlocked.Increment(ref bad);
            throw thrown;
        }, withReader ? _reader : null, logger);
        Open((_, _) => Interlocked.Increment(ref good), withReader ? _reader : null, logger);
        await SendUntil(() => Volatile.Read(ref bad) > 10 && Volatile.Read(ref good) > 10);
        logger.Told.Should().ContainSingle().Which.Should().BeSameAs(thrown);
    }

    [Fact]
    public async Task Ports_may_be_closed_while_datagrams_come_also_from_within_a_handler()
    {
        for (var round = 0; round < 50; round++)
        {
            var closed = 0;
            for (var i = 0; i < 4; i++)
            {
                UdpPort? port = null;
                port = Open((_, _) =>
                {
                    port!.Dispose();
                    Interlocked.Increment(ref closed);
                });
                Open((_, _) => { });
            }

            await SendUntil(() => Volatile.Read(ref closed) >= 4);
            CloseAll();
        }

        var heard = 0;
        Open((_, _) => heard++);
        await SendUntil(() => Volatile.Read(ref heard) > 0);
    }

    [Fact]
    public async Task A_datagram_that_is_read_allocates_nothing()
    {
        if (_reader is null)
            return;
        var (heard, before, after) = (0, 0L, -1L);
        Open((_, _) =>
        {
            heard++;
            if (heard == 500)
                before = GC.GetAllocatedBytesForCurrentThread();
            else if (heard == 2_500)
                Volatile.Write(ref after, GC.GetAllocatedBytesForCurrentThread());
        });
        await SendUntil(() => Volatile.Read(ref after) >= 0);
        (after - before).Should().Be(0);
    }

    public void Dispose()
    {
        CloseAll();
        _sender.Dispose();
    }

    private UdpPort Open(DatagramArrived arrived) => Open(arrived, _reader);

    private UdpPort Open(DatagramArrived arrived, DatagramReader? reader, ILogger? logger = null)
    {
        var port = UdpPort.TryOpen(IPAddress.Loopback, arrived, logger)!;
        _ports.Add(port);
        port.Start(reader);
        return port;
    }

    private static void ReadAlone(UdpPort port, ReadingBatch batch)
    {
        batch.Add(port);
        batch.Read();
        batch.Handle(0);
        batch.Clear();
    }

    private void CloseAll()
    {
        foreach (var port in _ports)
            port.Dispose();
        _ports.Clear();
    }

    private async Task SendUntil(Func<bool> enough)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!enough())
        {
            TimeProvider.System.GetElapsedTime(begin).Should().BeLessThan(EngineCall.Patience);
            foreach (var port in _ports)
                _sender.Send(port.Address, [1, 2, 3]);
            await Task.Yield();
        }
    }

    private sealed class CountingLogger : ILogger
    {
        private readonly List<Exception?> _told = [];

        public IReadOnlyList<Exception?> Told
        {
            get
            {
                lock (_told)
                    return [.. _told];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_told)
                _told.Add(exception);
        }
    }
}
