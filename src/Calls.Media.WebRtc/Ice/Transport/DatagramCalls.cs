using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>
/// Linux's own calls for a datagram, <c>sendto(2)</c> and <c>recvfrom(2)</c>, which never wait here. What <c>Socket</c> does around them, and what it keeps for each socket, is spared.
/// Allocates nothing.
/// </summary>
internal static unsafe partial class DatagramCalls
{
    /// <summary>No datagram is there.</summary>
    public const int NothingThere = -1;

    private const int Failed = -2;
    private const int Interrupted = 4, Again = 11;
    private const int DontWait = 0x40, NoSignal = 0x4000;

    /// <summary>Whether this system has them: where the one thread reads for all.</summary>
    public static bool AreThere { get; } = DatagramReader.Shared is not null;

    /// <summary>Sends; what the system cannot send now is lost.</summary>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static void Send(SafeHandle socket, TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        var address = stackalloc byte[TransportAddress.NativeLength];
        var length = to.WriteNative(new Span<byte>(address, TransportAddress.NativeLength));
        fixed (byte* bytes = datagram)
            Send(socket, address, length, bytes, datagram.Length);
    }

    /// <inheritdoc cref="Send(SafeHandle, TransportAddress, ReadOnlySpan{byte})"/>
    public static void Send(SafeHandle socket, byte* to, int toLength, byte* datagram, int length)
        => _ = SendTo(socket, datagram, (nuint)length, DontWait | NoSignal, to, (uint)toLength);

    /// <summary>Takes a datagram that is there.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="buffer">Where it goes; what is longer is cut.</param>
    /// <param name="from">Who sent it.</param>
    /// <returns>Its length; below 0: there is none (<see cref="NothingThere"/>), or the socket cannot be read.</returns>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static int Receive(SafeHandle socket, Span<byte> buffer, out TransportAddress from)
    {
        var address = stackalloc byte[TransportAddress.NativeLength];
        uint length = TransportAddress.NativeLength;
        nint count;
        fixed (byte* bytes = buffer)
            count = ReceiveFrom(socket, bytes, (nuint)buffer.Length, DontWait, address, &length);
        from = count < 0 ? default : TransportAddress.FromNative(new ReadOnlySpan<byte>(address, TransportAddress.NativeLength), isIPv6: length >= TransportAddress.NativeLength);
        return Outcome(count >= 0 ? (int)count : -Marshal.GetLastPInvokeError());
    }

    /// <summary>What <see cref="Receive"/> says of a length, or of an error below 0.</summary>
    public static int Outcome(int result) => result >= 0 ? result : result is -Again or -Interrupted ? NothingThere : Failed;

    [LibraryImport("libc", EntryPoint = "sendto")]
    private static partial nint SendTo(SafeHandle socket, byte* bytes, nuint length, int flags, byte* to, uint toLength);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    private static partial nint ReceiveFrom(SafeHandle socket, byte* bytes, nuint length, int flags, byte* from, uint* fromLength);
}
