using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Calls.Media.WebRtc.Prefetching;

/// <summary>Asks the processor to fetch memory that will be read soon. Reads nothing itself, never fails, and does nothing on processors for which .NET has no such instruction.</summary>
internal static unsafe class CacheLines
{
    private const int Length = 64;

    /// <summary>Fetches the begin of an object; null: nothing.</summary>
    /// <param name="one">The object.</param>
    /// <param name="lines">How many lines of the cache it takes, or how many of them are wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(object? one, int lines = 1)
    {
        if (one is null || !Sse.IsSupported)
            return;
        // Any object can be looked at as a box, to have its begin. It may move meanwhile: then what is fetched is of no use, and nothing else happens.
        var at = (byte*)Unsafe.AsPointer(ref Unsafe.As<StrongBox<byte>>(one).Value);
        for (var line = 0; line < lines; line++)
            Sse.Prefetch0(at + line * Length);
    }

    /// <summary>Fetches a lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(Lock one) => FetchPlace(in Unsafe.As<Lock, StrongBox<byte>>(ref one).Value);

    /// <summary>Fetches a place in an object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchPlace<T>(ref readonly T place)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }
}
