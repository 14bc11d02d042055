using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>
/// Sends the datagrams of many ports together: what a thread sends while it has a batch waits there until <see cref="Send"/>, or until the batch is full. Belongs to its thread.
/// Allocates nothing per datagram.
/// </summary>
internal sealed unsafe class DatagramBatch : IDisposable
{
    /// <summary>How many wait at most: those are sent within a fraction of a millisecond.</summary>
    public const int Most = 32;

    private const int BytesOfLines = 64;
    private const int Room = Most * 512 + UdpPort.LongestDatagram + BytesOfLines;

    [ThreadStatic]
    private static DatagramBatch? current;
    private readonly SubmissionRing _ring;
    private readonly SafeHandle[] _sockets = new SafeHandle[Most];
    private readonly (int At, int ToLength, int Length)[] _datagrams = new (int, int, int)[Most];
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Room, pinned: true);
    private readonly byte* _begin;
    private int _count;
    private int _end;

    private DatagramBatch(SubmissionRing ring)
    {
        _ring = ring;
        _begin = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
    }

    /// <summary>The batch of this thread; null: what it sends is sent at once.</summary>
    public static DatagramBatch? Current => current;

    /// <summary>Gives this thread a batch until it is disposed of; null where the system cannot send many at once.</summary>
    /// <param name="mostTaken">How many the system takes of it together at most: a system that is short of memory takes fewer than it is given.</param>
    public static DatagramBatch? Begin(int mostTaken = Most)
        => DatagramCalls.AreThere && SubmissionRing.TryCreate(Most, mostTaken) is { } ring ? current = new DatagramBatch(ring) : null;

    /// <summary>Takes a datagram along.</summary>
    public void Add(SafeHandle socket, TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length > UdpPort.LongestDatagram)
        {
            DatagramCalls.Send(socket, to, datagram);
            return;
        }

        if (_count == Most || _end + BytesOfLines + datagram.Length > Room)
            Send();
        var toLength = to.WriteNative(_bytes.AsSpan(_end, TransportAddress.NativeLength));
        datagram.CopyTo(_bytes.AsSpan(_end + BytesOfLines));
        (_sockets[_count], _datagrams[_count++]) = (socket, (_end, toLength, datagram.Length));
        _end += BytesOfLines + (datagram.Length + BytesOfLines - 1) / BytesOfLines * BytesOfLines;
    }

    /// <summary>Sends what is there. What is of a socket that was closed meanwhile is lost.</summary>
    public void Send()
    {
        var count = Hold();
        for (var i = 0; i < count; i++)
        {
            var (at, toLength, length) = _datagrams[i];
            _ring.Add((int)_sockets[i].DangerousGetHandle(), _begin + at, toLength, _begin + at + BytesOfLines, length);
        }

        // What it does not take is sent as without it.
        for (var i = count > 0 ? _ring.Submit(count) : 0; i < count; i++)
        {
            var (at, toLength, length) = _datagrams[i];
            DatagramCalls.Send(_sockets[i], _begin + at, toLength, _begin + at + BytesOfLines, length);
        }

        foreach (var socket in _sockets.AsSpan(0, count))
            socket.DangerousRelease();
        _sockets.AsSpan(0, _count).Clear();
        (_count, _end) = (0, 0);
    }

    /// <summary>Sends what is there, and leaves the thread.</summary>
    public void Dispose()
    {
        Send();
        current = null;
        _ring.Dispose();
    }

    // Only for as long as they are sent, in which nobody is waited for: who closes a socket waits for all that hold it, with locks that the beat wants.
    private int Hold()
    {
        var held = 0;
        for (var i = 0; i < _count; i++)
        {
            try
            {
                var isHeld = false;
                _sockets[i].DangerousAddRef(ref isHeld);
                (_sockets[held], _datagrams[held++]) = (_sockets[i], _datagrams[i]);
            }
            catch (ObjectDisposedException)
            {
                // As if the network had lost it.
            }
        }

        return held;
    }
}
