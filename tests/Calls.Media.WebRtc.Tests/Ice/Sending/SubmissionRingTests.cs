using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;
using static Calls.Media.WebRtc.Tests.Ice.Datagrams;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>The ring alone, against the system's own: where it has none there is nothing to say of it.</summary>
public sealed unsafe class SubmissionRingTests : IDisposable
{
    private const int Room = 8;
    private const int LongerThanAnyAddress = 200;
    private readonly Socket _sender = Bind(IPAddress.Loopback), _receiver = Bind(IPAddress.Loopback);
    private readonly byte[] _bytes = GC.AllocateArray<byte>(LongerThanAnyAddress + 1, pinned: true);
    private readonly byte* _to;
    private readonly byte* _datagram;
    private readonly int _toLength;

    public SubmissionRingTests()
    {
        _to = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
        _datagram = _to + LongerThanAnyAddress;
        _toLength = AddressOf(_receiver).WriteNative(_bytes.AsSpan(0, TransportAddress.NativeLength));
    }

    /// <summary>The system says so before it sends anything: a ring of the usual kind stops there.</summary>
    [Fact]
    public void One_that_the_system_cannot_read_does_not_hold_back_those_behind_it()
    {
        using var ring = SubmissionRing.TryCreate(Room);
        if (ring is null)
            return;
        for (var round = 0; round < 100; round++)
        {
            for (var i = 0; i < Room; i++)
                ring.Add((int)_sender.Handle, _to, i == 3 ? LongerThanAnyAddress : _toLength, _datagram, 1);
            ring.Submit(Room).Should().Be(Room);
            Receive(_receiver).Should().HaveCount(Room - 1);
        }
    }

    /// <summary>Results that nobody takes are kept by the system beside the ring, without an end; it lists them where it tells of the ring.</summary>
    [Fact]
    public void Of_failures_nothing_is_left_however_many_there_are()
    {
        using var ring = SubmissionRing.TryCreate(Room);
        if (ring is null)
            return;
        for (var round = 0; round < 100; round++)
        {
            for (var i = 0; i < Room; i++)
                ring.Add(socket: -1, _to, _toLength, _datagram, 1);
            ring.Submit(Room).Should().Be(Room);
        }

        ring.Add((int)_sender.Handle, _to, _toLength, _datagram, 1);
        ring.Submit(1).Should().Be(1);
        Receive(_receiver).Should().ContainSingle();
        RingsThatKeepResults().Should().BeEmpty();
    }

    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    // Of the whole process: a ring does not tell its number, and no other has to keep any.
    private static List<string> RingsThatKeepResults()
    {
        List<string> found = [];
        foreach (var descriptor in new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos())
        {
            try
            {
                if (descriptor.LinkTarget != "anon_inode:[io_uring]")
                    continue;
                var told = File.ReadAllText($"/proc/self/fdinfo/{descriptor.Name}");
                if (told.Contains("user_data=", StringComparison.Ordinal))
                    found.Add(told);
            }
            catch (IOException)
            {
                // Closed meanwhile.
            }
        }

        return found;
    }
}
