using System.Net;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Tests.Session;
using static Calls.Media.WebRtc.Tests.Ice.Datagrams;

namespace Calls.Media.WebRtc.Tests.Ice;

public class DatagramCallsTests
{
    private const int NotPermitted = 1, Interrupted = 4, BadDescriptor = 9, Again = 11, Refused = 111;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(UdpPort.LongestDatagram)]
    public void A_length_is_a_length_also_that_of_an_empty_datagram(int length) => DatagramCalls.Outcome(length).Should().Be(length);

    [Theory]
    [InlineData(Again)]
    [InlineData(Interrupted)]
    public void Where_the_system_has_nothing_or_was_interrupted_nothing_is_there(int error)
        => DatagramCalls.Outcome(-error).Should().Be(DatagramCalls.NothingThere);

    [Theory]
    [InlineData(NotPermitted)]
    [InlineData(BadDescriptor)]
    [InlineData(Refused)]
    public void Any_other_error_is_neither_a_length_nor_nothing(int error)
        => DatagramCalls.Outcome(-error).Should().BeNegative().And.NotBe(DatagramCalls.NothingThere);

    /// <summary>Whoever waited would hold up all calls of the process.</summary>
    [Fact]
    public async Task Nobody_waits_even_at_a_socket_that_would()
    {
        if (!DatagramCalls.AreThere)
            return;
        using var socket = Bind(IPAddress.Loopback);
        socket.Blocking.Should().BeTrue();
        var outcome = await Task.Run(() => DatagramCalls.Receive(socket.SafeHandle, new byte[1], out _)).WaitAsync(EngineCall.Patience);
        outcome.Should().Be(DatagramCalls.NothingThere);
    }
}
