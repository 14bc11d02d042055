using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Tests.Session;
using Microsoft.Win32.SafeHandles;
using static Calls.Media.WebRtc.Tests.Ice.Datagrams;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>A port alone, as the reader uses it. Where the system has no calls for it there is nothing to say. A datagram to oneself is there when it is sent.</summary>
public sealed class UdpPortTests : IDisposable
{
    private const byte OfMedia = 128, OfSetUp = 1;
    private const int ManyFailures = 1_000, SomeFailures = 50;
    private static readonly int Failed = DatagramCalls.Outcome(-9);
    private readonly DatagramReader? _reader = DatagramReader.TryCreate();
    private readonly Socket _sender = Bind(IPAddress.Loopback);
    private readonly List<byte[]> _heard = [];
    private readonly byte[] _buffer = new byte[UdpPort.LongestDatagram];
    private readonly UdpPort _port;
    private Thread? _heardOn;

    public UdpPortTests() => _port = Open();

    [Fact]
    public void A_read_takes_in_order_what_is_there_and_no_more_than_it_may()
    {
        if (!DatagramCalls.AreThere)
            return;
        for (byte i = 1; i <= 5; i++)
            Send(OfMedia, i);
        _port.Read(_buffer, most: 3);
        Heard().Should().Equal(1, 2, 3);
        _port.Read(_buffer, most: 16);
        Heard().Should().Equal(1, 2, 3, 4, 5);
        _port.Read(_buffer, most: 16);
        Heard().Should().HaveCount(5, "each is taken once");
    }

    [Fact]
    public void Where_nothing_is_there_or_it_cannot_be_read_nobody_looks_for_more()
    {
        var areMedia = true;
        _port.Take(DatagramCalls.NothingThere, default, _buffer, ref areMedia).Should().BeFalse();
        _port.Take(Failed, default, _buffer, ref areMedia).Should().BeFalse();
        areMedia.Should().BeTrue("nothing is no datagram of a set-up");
    }

    [Fact]
    public void What_somebody_waits_for_is_not_hidden_by_media_before_or_behind_it()
    {
        if (!DatagramCalls.AreThere)
            return;
        foreach (var first in new[] { OfMedia, OfSetUp, OfMedia })
            Send(first);
        _port.Read(_buffer, most: 16).Should().BeFalse();
        Send(OfMedia);
        _port.Read(_buffer, most: 16).Should().BeTrue();
        _port.Read(_buffer, most: 16).Should().BeTrue("nothing is no datagram of a set-up");
    }

    /// <summary>It would be ready for ever, and the thread that reads for all would do nothing else.</summary>
    [Fact]
    public async Task One_that_cannot_be_read_again_and_again_is_not_read_any_more()
    {
        if (_reader is null)
            return;
        _port.Start(_reader);
        Send(OfMedia);
        await EngineCall.Until(() => Heard().Count == 1, "it is read");
        Fail(ManyFailures);
        await EngineCall.Until(() => !_heardOn!.IsAlive, "the thread leaves after the last that is read");
        Send(OfMedia);
        Heard().Should().HaveCount(1);
    }

    [Fact]
    public async Task However_often_it_could_not_be_read_between_what_came_it_is_read_on()
    {
        if (_reader is null)
            return;
        _port.Start(_reader);
        for (var round = 1; round <= ManyFailures / SomeFailures; round++)
        {
            Fail(SomeFailures);
            Send(OfMedia);
            await EngineCall.Until(() => Heard().Count == round, "it is read");
        }
    }

    /// <summary>The system refuses to list a socket twice.</summary>
    [Fact]
    public async Task One_that_the_reader_cannot_read_waits_for_itself()
    {
        if (_reader is null || !_port.TryHold(out var socket))
            return;
        using SafeFileHandle same = new(socket, ownsHandle: false);
        using var other = Open();
        var key = _reader.TryAdd(other, same);
        _port.Start(_reader);
        _reader.Remove(key!.Value, same);
        _port.Release();
        Send(OfMedia);
        await EngineCall.Until(() => Heard().Count == 1, "it is read");
        _heardOn!.Name.Should().NotBe(DatagramReader.ThreadName);
    }

    public void Dispose()
    {
        _port.Dispose();
        _sender.Dispose();
    }

    private UdpPort Open() => UdpPort.TryOpen(IPAddress.Loopback, (_, datagram) =>
    {
        lock (_heard)
        {
            _heard.Add(datagram.ToArray());
            _heardOn = Thread.CurrentThread;
        }
    })!;

    private void Send(params byte[] datagram) => _sender.SendTo(datagram, _port.Address.ToEndPoint());

    private void Fail(int times)
    {
        var areMedia = true;
        for (var i = 0; i < times; i++)
            _port.Take(Failed, default, _buffer, ref areMedia);
    }

    private List<int> Heard()
    {
        lock (_heard)
            return [.. _heard.Select(datagram => (int)datagram[^1])];
    }
}
