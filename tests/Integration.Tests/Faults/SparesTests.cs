using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TypedCache.Integration.Tests.External;
using TypedCache.Tests.Pool;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Three real servers, one of which crashes, and a real spare.</summary>
public sealed class SparesTests : IDisposable
{
    private static readonly GetOrCreateOptions Hour = new() { Expires = TimeSpan.FromHours(1), Stale = TimeSpan.FromHours(1) };

    private static readonly string[] Counters = ["get_hits", "get_misses", "cmd_set", "cmd_touch", "delete_hits", "delete_misses"];

    private readonly MemcachedProcess[] _processes = [MemcachedProcess.Start(), MemcachedProcess.Start(), MemcachedProcess.Start()];
    private readonly MemcachedProcess _spare = MemcachedProcess.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Keys { get; } = [.. Enumerable.Range(0, 300).Select(i => $"k{i}")];

    public void Dispose()
    {
        _spare.Dispose();
        Array.ForEach(_processes, static process => process.Dispose());
    }

    [Fact]
    public async Task A_crash_under_load_gives_the_neighbours_nothing_to_do_and_the_spare_answers()
    {
        await using var pool = Connect();
        await Task.WhenAll(Keys.Select(key => CreateAsync(pool, key, new int[1]).AsTask()));
        var crashed = pool.Servers[1];
        string[] moved = [.. Keys.Where(key => pool.FindServer(key) == crashed)];
        Assert.True(moved.Length > 20, $"only {moved.Length} keys live on the server");
        var before = await CommandsAsync(pool);
        var calls = new int[Keys.Length];
        var created = new int[Keys.Length];
        using var stop = new CancellationTokenSource();
        Task[] callers = [.. Enumerable.Range(0, 32).Select(caller => Task.Run(() => LoadAsync(pool, new Random(caller), calls, created, stop.Token)))];
        await FaultPool.UntilAsync(() => calls.Sum() > 2000, "the load");

        _processes[1].Kill();
        await FaultPool.UntilAsync(() => crashed.State == ServerState.Failed, "the end of the server");
        var watch = Stopwatch.StartNew();
        var (callsBefore, createdBefore) = (SumOf(calls, moved), SumOf(created, moved));
        await FaultPool.UntilAsync(() => SumOf(calls, moved) - callsBefore > 100 * moved.Length, "the load after the crash");
        await stop.CancelAsync();
        await Task.WhenAll(callers).WaitAsync(FaultPool.Patience, Token);

        // Each call for a key of a neighbour has been one command there, and nothing else has come.
        var after = await CommandsAsync(pool);
        foreach (var neighbour in (MemcachedServer[])[pool.Servers[0], pool.Servers[2]])
        {
            Assert.Equal(SumOf(calls, Keys.Where(key => pool.FindServer(key) == neighbour)), after[neighbour] - before[neighbour]);
        }

        // A value is created once for the life that the spare gives it. What was under way at the crash is created for its caller alone.
        var lives = 2 + (int)(watch.Elapsed / new MemcachedPoolOptions().SpareExpiry);
        var creates = SumOf(created, moved) - createdBefore;
        Assert.True(after[pool.Spares[0]] > 100 * moved.Length, $"only {after[pool.Spares[0]]} commands on the spare");
        Assert.InRange(creates, 0, (lives * moved.Length) + callers.Length);
        var hitRate = 1 - ((double)creates / (SumOf(calls, moved) - callsBefore));
        Assert.True(hitRate > 0.5, $"only {hitRate:P1} of the calls found a value on the spare");

        _processes[1].Restart();
        await FaultPool.UntilAsync(() => crashed.State == ServerState.Connected, "the return of the server");
        await pool.SetAsync(moved[0], "home", CacheCodecs.String, cancellationToken: Token);
        await using var home = FaultPool.Connect([_processes[1].Port]);
        Assert.Equal("home", await home.GetAsync(moved[0], CacheCodecs.String, Token));
    }

    [Theory]
    [InlineData(MemcachedProtocol.Meta)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task No_kind_of_write_lives_longer_on_a_spare_than_it_may(MemcachedProtocol protocol)
    {
        await using var pool = Connect(options => options.Protocol = protocol);
        foreach (var server in pool.Servers)
        {
            server.Disable();
        }

        using var socket = _spare.Connect();
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        foreach (var write in SpareWrite.Names)
        {
            await SpareWrite.RunAsync(write, pool, "k1", Token);
            await stream.WriteAsync("mg k1 t\r\n"u8.ToArray(), Token);
            var line = await reader.ReadLineAsync(Token);
            Assert.True(line is ['H', 'D', ' ', 't', .. var time] && int.Parse(time.Split(' ')[0], CultureInfo.InvariantCulture) is >= 0 and <= 10, $"{write}: {line}");
        }
    }

    private static int SumOf(int[] counts, IEnumerable<string> keys) => keys.Sum(key => Volatile.Read(ref counts[Array.IndexOf(Keys, key)]));

    private static async Task LoadAsync(MemcachedPool pool, Random random, int[] calls, int[] created, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var key = random.Next(Keys.Length);
            var value = await CreateAsync(pool, Keys[key], created);
            Assert.Equal(Keys[key], value);
            Interlocked.Increment(ref calls[key]);
        }
    }

    private static ValueTask<string> CreateAsync(MemcachedPool pool, string key, int[] created) => pool.GetOrCreateAsync(
        key,
        _ =>
        {
            Interlocked.Increment(ref created[Array.IndexOf(Keys, key) % created.Length]);
            return ValueTask.FromResult(key);
        },
        CacheCodecs.String, Hour);

    private static async Task<Dictionary<MemcachedServer, int>> CommandsAsync(MemcachedPool pool)
    {
        var commands = new Dictionary<MemcachedServer, int>();
        foreach (var reply in await pool.GetStatsAsync("", Token))
        {
            if (reply.Value is { } stats)
            {
                commands[reply.Server] = Counters.Sum(name => int.Parse(stats[name], CultureInfo.InvariantCulture));
            }
        }

        return commands;
    }

    private MemcachedPool Connect(Action<MemcachedPoolOptions>? configure = null) =>
        FaultPool.Connect(_processes.Select(process => process.Port), options =>
        {
            options.Spares.Add(new MemcachedServerOptions("127.0.0.1", _spare.Port));
            options.RetryInterval = TimeSpan.FromMilliseconds(100);
            configure?.Invoke(options);
        });
}
