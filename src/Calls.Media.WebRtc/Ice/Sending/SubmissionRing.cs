using Microsoft.Win32.SafeHandles;

namespace Calls.Media.WebRtc.Ice;

/// <summary>
/// Linux's ring of requests, <c>io_uring(7)</c>, as far as datagrams need it: many are written down, and one system call sends or takes them all. Belongs to the thread that made it. What it
/// points to is read until <see cref="Submit"/> returns, and no longer: no request waits.
/// </summary>
internal sealed unsafe partial class SubmissionRing : IDisposable
{
    private const long Setup = 425, Enter = 426;

    // One that fails does not stop those behind it; of one thread only; nothing interrupts that thread. The last two came with Linux 6.1, as did datagrams with an address.
    private const int SubmitAll = 1 << 7, SingleIssuer = 1 << 12, DeferTasks = 1 << 13;
    private const uint GetEvents = 1;
    private const byte ReceiveMessage = 10, SendDatagram = 26, SkipSuccess = 1 << 6;
    private const int DontWait = 0x40, NoSignal = 0x4000;
    private const int ReadAndWrite = 3, SharedAndPopulated = 0x8001;
    private const long OfRequests = 0x1000_0000;
    private const int RequestLength = 64, ResultLength = 16;
    private readonly SafeFileHandle _ring;
    private readonly byte* _shared;
    private readonly byte* _requests;
    private readonly nuint _sharedLength, _requestsLength;
    private readonly Offsets _sends, _results;
    private readonly uint _mask;
    private readonly int _most;
    private uint _tail;

    private SubmissionRing(SafeFileHandle ring, in Parameters given, int most)
    {
        (_ring, _sends, _results, _most) = (ring, given.Sends, given.Results, most);
        _sharedLength = Math.Max(_sends.Array + given.SendCount * sizeof(uint), _results.Entries + given.ResultCount * ResultLength);
        _requestsLength = given.SendCount * RequestLength;
        _shared = Map(0, _sharedLength, ReadAndWrite, SharedAndPopulated, ring, 0);
        _requests = Map(0, _requestsLength, ReadAndWrite, SharedAndPopulated, ring, OfRequests);
        if (!IsMapped)
            return;
        _mask = *(uint*)(_shared + _sends.Mask);
        _tail = *(uint*)(_shared + _sends.Tail);
        for (uint i = 0; i < given.SendCount; i++)
            ((uint*)(_shared + _sends.Array))[i] = i;
    }

    private bool IsMapped => _shared != (byte*)-1 && _requests != (byte*)-1;

    /// <summary>An empty ring; null where the system has none, or does not allow it.</summary>
    /// <param name="room">How many requests find room; a power of two.</param>
    /// <param name="most">How many <see cref="Submit"/> gives the system at most.</param>
    public static SubmissionRing? TryCreate(int room, int most = int.MaxValue)
    {
        // In 32 bits the C libraries do not agree on how long mmap's offset is.
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return null;
        try
        {
            Parameters given = new() { Flags = SubmitAll | SingleIssuer | DeferTasks };
            var number = Call(Setup, room, (nint)(&given));
            if (number < 0)
                return null;
            SubmissionRing ring = new(new SafeFileHandle((nint)number, ownsHandle: true), given, most);
            if (ring.IsMapped)
                return ring;
            ring.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name.
            return null;
        }
    }

    /// <summary>Writes down a datagram to send. There must be room, and everything must stay where it is until the end of <see cref="Submit"/>.</summary>
    public void Add(int socket, byte* to, int toLength, byte* datagram, int length)
    {
        var request = Next(SendDatagram, SkipSuccess, socket);
        (*(nint*)(request + 8), *(nint*)(request + 16)) = ((nint)to, (nint)datagram);
        (*(int*)(request + 24), *(int*)(request + 28), *(ushort*)(request + 44)) = (length, DontWait | NoSignal, (ushort)toLength);
    }

    /// <summary>Writes down to take a datagram that is there; as <see cref="Add"/>.</summary>
    /// <param name="socket">Where it came to.</param>
    /// <param name="message">A <c>msghdr</c>: where the datagram and its sender's address go.</param>
    /// <param name="number">Where the result goes of those of <see cref="Submit"/>.</param>
    public void AddReceive(int socket, byte* message, int number)
    {
        var request = Next(ReceiveMessage, 0, socket);
        (*(nint*)(request + 16), *(int*)(request + 24), *(int*)(request + 28), *(long*)(request + 32)) = ((nint)message, 1, DontWait, number);
    }

    /// <summary>Does what is written down, and returns how much of it the system took or refused; what is behind that is no longer written down.</summary>
    /// <param name="count">How much is written down.</param>
    /// <param name="results">The length of each datagram that was to be taken, or an error below 0. Empty: where all are sent.</param>
    public int Submit(int count, Span<int> results = default)
    {
        Volatile.Write(ref *(uint*)(_shared + _sends.Tail), _tail);
        var taken = Call(Enter, _ring, (uint)Math.Min(count, _most), 0, GetEvents, 0, 0);
        _tail = Volatile.Read(ref *(uint*)(_shared + _sends.Head));
        Volatile.Write(ref *(uint*)(_shared + _sends.Tail), _tail);
        TakeResults(results);
        return (int)Math.Max(0, taken);
    }

    public void Dispose()
    {
        if (_shared != (byte*)-1)
            _ = Unmap(_shared, _sharedLength);
        if (_requests != (byte*)-1)
            _ = Unmap(_requests, _requestsLength);
        _ring.Dispose();
    }

    private byte* Next(byte operation, byte flags, int socket)
    {
        var request = _requests + (_tail++ & _mask) * RequestLength;
        new Span<byte>(request, RequestLength).Clear();
        (request[0], request[1], *(int*)(request + 4)) = (operation, flags, socket);
        return request;
    }

    // Of what is sent only what failed has one: as if the network had lost it.
    private void TakeResults(Span<int> results)
    {
        var (end, mask) = (Volatile.Read(ref *(uint*)(_shared + _results.Tail)), *(uint*)(_shared + _results.Mask));
        for (var at = *(uint*)(_shared + _results.Head); at != end && !results.IsEmpty; at++)
        {
            var result = _shared + _results.Entries + (at & mask) * ResultLength;
            results[(int)*(long*)result] = *(int*)(result + 8);
        }

        Volatile.Write(ref *(uint*)(_shared + _results.Head), end);
    }
}
