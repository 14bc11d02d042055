using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Calls.Media.WebRtc.Ice;

/// <summary>Linux's list of descriptors to wait for, <c>epoll(7)</c>: one call waits for all of them, and costs what is ready, not what is listed. Thread-safe.</summary>
internal sealed unsafe partial class Epoll
{
    private const int CloseOnExec = 0x80000;
    private const int AddToList = 1, RemoveFromList = 2;
    private const int Readable = 1;
    private const int MostAtOnce = 64;

    // A mask of 32 bits and 64 bits of the caller's: on the processors of Intel's family without a gap between them.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 12 : 16;
    private static readonly int KeyPosition = Stride - sizeof(long);
    private readonly SafeFileHandle _list;

    private Epoll(SafeFileHandle list) => _list = list;

    /// <summary>An empty list; null where the system has none.</summary>
    public static Epoll? TryCreate()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var list = Create(CloseOnExec);
            return list.IsInvalid ? null : new Epoll(list);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name.
            return null;
        }
    }

    /// <summary>Puts a descriptor on the list under a key; false where the system refuses.</summary>
    public bool TryAdd(SafeHandle descriptor, int key)
    {
        var entry = stackalloc byte[Stride];
        *(int*)entry = Readable;
        *(long*)(entry + KeyPosition) = key;
        return Control(_list, AddToList, descriptor, entry) == 0;
    }

    /// <summary>Takes a descriptor off the list.</summary>
    public void Remove(SafeHandle descriptor)
    {
        var entry = stackalloc byte[Stride];
        Control(_list, RemoveFromList, descriptor, entry);
    }

    /// <summary>Waits until something can be read.</summary>
    /// <param name="keys">The keys of what can be read; what does not find room is ready again the next time.</param>
    /// <param name="milliseconds">How long to wait at most.</param>
    /// <returns>How many there are; 0: none in time.</returns>
    public int Wait(Span<int> keys, int milliseconds)
    {
        var entries = stackalloc byte[MostAtOnce * Stride];
        var count = Math.Max(0, Wait(_list, entries, Math.Min(keys.Length, MostAtOnce), milliseconds));
        for (var i = 0; i < count; i++)
            keys[i] = (int)*(long*)(entries + i * Stride + KeyPosition);
        return count;
    }

    /// <summary>Waits for nothing but the time.</summary>
    public static void Rest(int milliseconds) => _ = Poll(null, 0, milliseconds);

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    private static partial SafeFileHandle Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    private static partial int Control(SafeFileHandle list, int operation, SafeHandle descriptor, byte* entry);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int Wait(SafeFileHandle list, byte* entries, int room, int milliseconds);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(void* descriptors, nuint count, int milliseconds);
}
