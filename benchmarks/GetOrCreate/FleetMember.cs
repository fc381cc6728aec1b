using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>
/// One process of the fleet: its callers ask for the same key again and again. It says on its standard output when it is ready, and
/// then, line by line, what happened; it begins when a line comes in.
/// </summary>
internal static class FleetMember
{
    public const string Argument = "member";
    public const string Ready = "ready";
    public const string CreateLine = "create";
    public const string CallLine = "call";
    public const int Callers = 50;

    private const int WarmUpKey = 0;
    private const int HotKey = 1;
    private static readonly TimeSpan MeanPause = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(string contender, string address, TimeSpan duration)
    {
        var creates = new ConcurrentQueue<(long Started, long Ended)>();
        var createTime = TimeSpan.Zero;
        await using var pool = MemcachedPool.Connect(address);
        using var cache = FleetContenders.Open(contender, pool, async token =>
        {
            var started = Stopwatch.GetTimestamp();
            await Task.Delay(createTime, token);
            creates.Enqueue((started, Stopwatch.GetTimestamp()));
            return FleetValue.CreateNow();
        });

        for (var i = 0; i < 100; i++)
        {
            await cache.GetOrCreateAsync(WarmUpKey);
        }

        creates.Clear();
        createTime = Fleet.CreateTime;
        Console.WriteLine(Ready);
        Console.ReadLine();
        var ends = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var calls = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(cache, ends))));
        Write(creates.ToArray(), calls.SelectMany(list => list));
    }

    private static async Task<List<Call>> CallAsync(IContender cache, long ends)
    {
        var calls = new List<Call>();
        while (Stopwatch.GetTimestamp() < ends)
        {
            var started = Stopwatch.GetTimestamp();
            var value = await cache.GetOrCreateAsync(HotKey);
            calls.Add(new Call(started, Stopwatch.GetElapsedTime(started), FleetValue.AgeOf(value)));
            await Task.Delay(MeanPause * (0.5 + Random.Shared.NextDouble()));
        }

        return calls;
    }

    private static void Write((long Started, long Ended)[] creates, IEnumerable<Call> calls)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var (started, ended) in creates)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{CreateLine} {started} {ended}"));
        }

        foreach (var call in calls)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{CallLine} {call.Started} {call.Took.Ticks} {call.Age.Ticks}"));
        }
    }
}
