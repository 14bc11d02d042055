using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Calls.Media.WebRtc.Ice;

/// <summary>The system's calls, and what it tells of a ring that it made.</summary>
internal sealed unsafe partial class SubmissionRing
{
    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long Call(long number, nint room, nint parameters);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long Call(long number, SafeFileHandle ring, uint count, uint least, uint flags, nint mask, nint maskLength);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(nint at, nuint length, int protection, int flags, SafeFileHandle ring, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(byte* at, nuint length);

    // Where the ring's parts lie; of the requests the last but one is the array of their order, of the results the last but one are the results.
    [StructLayout(LayoutKind.Sequential)]
    private struct Offsets
    {
        public uint Head, Tail, Mask, Count, FlagsOrLost, Entries, Array, Reserved;
        public ulong Address;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Parameters
    {
        public uint SendCount, ResultCount, Flags, Processor, Idle, Features, Workers;
        public fixed uint Reserved[3];
        public Offsets Sends, Results;
    }
}
