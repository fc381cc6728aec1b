using System.Diagnostics;
using System.Globalization;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>Half of the callers leave within three milliseconds; those who stay get their own values.</summary>
[Collection(nameof(RunsAlone))]
public sealed class CancellationTests
{
    private const int Callers = 64;
    private const int Numbers = 1000;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    private int _hits;
    private int _wrong;
    private int _cancelled;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Directly()
    {
        using var process = MemcachedProcess.Start();
        await using var pool = FaultPool.Connect([process.Port]);
        await StoreAsync(pool);
        var connections = await ConnectionsAsync(pool);

        await ReadAndLeaveAsync(pool, "direct");

        Assert.Equal(connections, await ConnectionsAsync(pool));
    }

    [Fact]
    public async Task Behind_a_line_which_delays()
    {
        using var process = MemcachedProcess.Start();
        var plan = new FaultPlan(seed: 5, rate: 0, FaultKind.Delay, FaultKind.Drip);
        using var proxy = new FaultProxy(process.EndPoint, plan);
        await using var pool = FaultPool.Connect([proxy.Port]);
        await StoreAsync(pool);
        plan.Rate = 0.3;

        await ReadAndLeaveAsync(pool, "delayed");

        Assert.True(plan.Counts[FaultKind.Delay] > 0, "no reply was delayed");
        Assert.Equal(1, proxy.Accepted);
    }

    // Nothing but the order tells to whom a reply belongs: an operation which is used anew too early would get a wrong value.
    [Fact]
    public async Task From_a_server_without_opaque_tokens()
    {
        using var server = new ScriptedServer(async (connection, request) =>
        {
            var value = TextOf(int.Parse(request.Words[1], CultureInfo.InvariantCulture));
            await connection.SendAsync($"VA {value.Length} f0\r\n{value}\r\n");
        }) { Version = "VERSION 1.6.12" };
        await using var pool = FaultPool.Connect(server);

        await ReadAndLeaveAsync(pool, "no-opaque");

        Assert.Equal(1, server.Accepted);
    }

    private static string KeyOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string TextOf(int number) => $"the text of {number} {new string((char)('a' + (number % 26)), number % 300)}";

    private static async Task<string> ConnectionsAsync(MemcachedPool pool) =>
        (await pool.GetStatsAsync(cancellationToken: Token))[0].Value!["total_connections"];

    private static async Task StoreAsync(MemcachedPool pool)
    {
        for (var i = 0; i < Numbers; i++)
        {
            await pool.SetAsync(KeyOf(i), TextOf(i), CacheCodecs.String, cancellationToken: Token);
        }
    }

    private async Task ReadAndLeaveAsync(MemcachedPool pool, string name)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            while (watch.Elapsed < Duration)
            {
                await ReadAsync(pool, random);
            }
        }))).WaitAsync(Duration + FaultPool.Patience, Token);

        TestFigures.Report($"cancellation-{name}", $"{Duration.TotalSeconds} s, {Callers} callers: {_hits} values, {_cancelled} calls cancelled, {_wrong} wrong values");
        Assert.Equal(0, _wrong);
        Assert.True(_hits > 100 && _cancelled > 100, $"{_hits} hits and {_cancelled} cancelled calls prove nothing");
        Assert.Equal(TextOf(7), await pool.GetAsync(KeyOf(7), CacheCodecs.String, Token));
    }

    private async Task ReadAsync(MemcachedPool pool, Random random)
    {
        var number = random.Next(Numbers);
        using var leave = new CancellationTokenSource();
        if (random.Next(2) == 0)
        {
            leave.CancelAfter(random.Next(4));
        }

        try
        {
            var value = await pool.GetAsync(KeyOf(number), CacheCodecs.String, leave.Token);
            Interlocked.Increment(ref _hits);
            Interlocked.Add(ref _wrong, value == TextOf(number) ? 0 : 1);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
        }
    }
}
