using System.Runtime.InteropServices;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>
/// Sleeps of less than a millisecond. <see cref="Thread.Sleep(int)"/> knows milliseconds only, a shorter wait of a socket's poll does
/// not sleep at all, and spinning would take a core from those who are measured.
/// </summary>
internal static partial class PreciseSleep
{
    private const int SetTimerSlack = 29;
    private static readonly Timespec Nap = new(0, 50_000);

    /// <summary>Lets the kernel wake this thread to the microsecond instead of 50 microseconds late.</summary>
    public static void PrepareThread() => _ = Control(SetTimerSlack, 1, 0, 0, 0);

    /// <summary>50 microseconds and what waking up takes: 80 to 90 in all on a virtual machine.</summary>
    public static void Sleep() => _ = NanoSleep(in Nap, 0);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in Timespec request, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Timespec(long Seconds, long Nanoseconds);
}
