using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>
/// Takes system calls from a thread for good, as a container takes them from a process: by a filter of <c>seccomp(2)</c>, which threads that it starts inherit. What is forbidden fails with an error of one's choice.
/// </summary>
internal static unsafe partial class ForbiddenCalls
{
    /// <summary>The calls of a ring.</summary>
    public const uint SetUpRing = 425, EnterRing = 426;

    private const int NoNewPrivileges = 38;
    private const long SetFilter = 317, SetFilterOnArm = 277;
    private const nint FilterMode = 1, OfAllThreads = 1;
    private const ushort Load = 0x20, JumpIfEqual = 0x15, Return = 0x06;
    private const uint Allow = 0x7fff_0000, Fail = 0x0005_0000;

    /// <summary>Runs on a thread of its own, which may lose calls.</summary>
    public static void OnThread(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // It is thrown where the test is.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Forbids a call to this thread; false where the system has no such filters.</summary>
    /// <param name="call">Its number.</param>
    /// <param name="error">What it fails with; 0: it does nothing, and gives 0.</param>
    public static bool TryForbid(uint call, uint error) => TryForbid(call, error, flags: 0);

    /// <summary>Forbids a call to all threads of this process; as <see cref="TryForbid(uint, uint)"/>.</summary>
    public static bool TryForbidToProcess(uint call, uint error) => TryForbid(call, error, OfAllThreads);

    private static bool TryForbid(uint call, uint error, nint flags)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return false;
        // The number of the call is the first that a filter sees of it.
        var program = stackalloc Instruction[]
        {
            new(Load, 0, 0, 0),
            new(JumpIfEqual, 0, 1, call),
            new(Return, 0, 0, Fail | error),
            new(Return, 0, 0, Allow),
        };
        Program filter = new(4, program);
        var set = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? SetFilterOnArm : SetFilter;
        return Control(NoNewPrivileges, 1, 0, 0, 0) == 0 && Call(set, FilterMode, flags, (nint)(&filter)) == 0;
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long Call(long number, nint operation, nint flags, nint program);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, byte ifTrue, byte ifFalse, uint value)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue, IfFalse = ifFalse;
        public readonly uint Value = value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Program(ushort length, Instruction* first)
    {
        public readonly ushort Length = length;
        public readonly Instruction* First = first;
    }
}
