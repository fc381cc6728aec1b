using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using TypedCache.Benchmarks.Throughput;

namespace TypedCache.Benchmarks.Adapters;

/// <summary>Callers who make one call after another for a time.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="usesThreadPool">Whether each call is begun by the thread pool, as those of requests to a web server are.</param>
/// <param name="isSliding">Whether the values have a sliding expiration.</param>
/// <param name="call">One call.</param>
internal sealed class Load(string name, bool usesThreadPool, bool isSliding, Func<Contender, Load.Caller, Task> call)
{
    private const int Callers = 64;
    private const int Keys = 10_000;
    private const int Length = 1024;

    private static readonly byte[] Value = new byte[Length];

    public string Name => name;

    /// <summary>All that are measured.</summary>
    public static Load[] All { get; } =
    [
        .. from pool in new[] { false, true }
           from load in new (string Name, bool IsSliding, Func<Contender, Caller, Task> Call)[]
           {
               ("get", false, GetAsync), ("get of sliding values", true, GetAsync), ("get into a buffer", false, TryGetAsync), ("set", false, SetAsync),
           }
           select new Load($"{(pool ? "the thread pool" : "closed loop")}, {load.Name}", pool, load.IsSliding, load.Call),
    ];

    /// <summary>Stores what is read.</summary>
    public async Task PrepareAsync(Contender contender)
    {
        for (var i = 0; i < Keys; i++)
        {
            await contender.SetAsync(KeyOf(i), Value, isSliding);
        }
    }

    /// <summary>Measures a contender.</summary>
    public async Task<Sample> MeasureAsync(Contender contender, TimeSpan time)
    {
        var callers = Enumerable.Range(0, Callers).Select(number => new Caller(number)).ToArray();
        var usage = new Usage([]);
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(callers.Select(caller => RunAsync(contender, caller, end)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var (bytes, client) = (usage.Bytes, usage.Client);
        var latencies = callers.SelectMany(caller => caller.Latencies).Order().ToArray();
        return new Sample(
            latencies.Length / elapsed.TotalSeconds,
            Stopwatch.GetElapsedTime(0, latencies[(int)(latencies.Length * 0.99)]).TotalMicroseconds,
            (double)bytes / latencies.Length,
            client.TotalMicroseconds / latencies.Length);
    }

    private static string KeyOf(int number) => $"product:{number}";

    private static async Task GetAsync(Contender contender, Caller caller) => Check((await contender.GetAsync(caller.NextKey()))?.Length);

    private static async Task TryGetAsync(Contender contender, Caller caller)
    {
        caller.Buffer.ResetWrittenCount();
        await contender.TryGetAsync(caller.NextKey(), caller.Buffer);
        Check(caller.Buffer.WrittenCount);
    }

    private static Task SetAsync(Contender contender, Caller caller) => contender.SetAsync(caller.NextKey(), Value, isSliding: false);

    private static void Check(int? length)
    {
        if (length != Length)
        {
            throw new InvalidOperationException($"A value of {Length} bytes came back with {length}.");
        }
    }

    private async Task RunAsync(Contender contender, Caller caller, long end)
    {
        for (var now = Stopwatch.GetTimestamp(); now < end;)
        {
            if (usesThreadPool)
            {
                await Task.Yield();
            }

            var began = Stopwatch.GetTimestamp();
            await call(contender, caller);
            now = Stopwatch.GetTimestamp();
            caller.Latencies.Add(now - began);
        }
    }

    /// <summary>One of the callers.</summary>
    internal sealed class Caller(int number)
    {
        private static readonly string[] Names = [.. Enumerable.Range(0, Keys).Select(KeyOf)];

        private int _next = number * 157;

        /// <summary>How long each call took, in ticks of <see cref="Stopwatch"/>.</summary>
        public List<long> Latencies { get; } = new(200_000);

        public ArrayBufferWriter<byte> Buffer { get; } = new(Length);

        public string NextKey() => Names[(_next = (_next + 7919) % Keys)];
    }
}

/// <summary>What one contender did in one round.</summary>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="P99">The time that 99 % of the calls took at most, in microseconds.</param>
/// <param name="Bytes">What a call allocated.</param>
/// <param name="Cpu">The process' time for a call, in microseconds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sample(double PerSecond, double P99, double Bytes, double Cpu);
