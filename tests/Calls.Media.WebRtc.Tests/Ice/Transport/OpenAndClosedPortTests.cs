using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Tests.Session;
using static Calls.Media.WebRtc.Tests.Ice.Datagrams;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>What a port is before and after it is read.</summary>
public class OpenAndClosedPortTests
{
    [Fact]
    public void At_an_address_of_another_machine_none_is_opened()
        => UdpPort.TryOpen(IPAddress.Parse("192.0.2.1"), (_, _) => { }).Should().BeNull();

    [Fact]
    public void One_that_is_closed_may_be_asked_for_anything_and_does_nothing()
    {
        var heard = 0;
        using Socket other = Bind(IPAddress.Loopback);
        var port = UdpPort.TryOpen(IPAddress.Loopback, (_, _) => heard++)!;
        other.SendTo([1], port.Address.ToEndPoint());
        port.Dispose();
        port.Dispose();
        if (DatagramCalls.AreThere)
            port.Read(new byte[1], most: 16).Should().BeTrue("nothing is no datagram of a set-up");
        port.Send(AddressOf(other), [1]);
        port.TryHold(out _).Should().BeFalse("the system has its socket back");
        heard.Should().Be(0);
        Receive(other).Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_closed_is_kept_by_nobody(bool withReader)
    {
        var reader = DatagramReader.TryCreate();
        List<WeakReference> closed = [];
        for (var i = 0; i < 5; i++)
            closed.Add(OpenAndClose(withReader ? reader : null));
        await EngineCall.Until(() =>
        {
            GC.Collect();
            return !closed.Exists(port => port.IsAlive);
        }, "nobody keeps them");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference OpenAndClose(DatagramReader? reader)
    {
        var port = Open(IPAddress.Loopback);
        port.Start(reader);
        port.Dispose();
        return new(port);
    }
}
