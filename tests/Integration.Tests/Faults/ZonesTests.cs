using TypedCache.Hashing;
using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Two zones of real servers, with an application in each. The one in zone a can lose sight of zone b.</summary>
public sealed class ZonesTests : IAsyncDisposable
{
    private const int Keys = 200;

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;

    // Nobody gives up waiting for the one who creates.
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromHours(1), LeaseTime = FaultPool.Patience, LeaseWait = FaultPool.Patience };

    private readonly MemcachedProcess[] _a = [MemcachedProcess.Start(), MemcachedProcess.Start()];
    private readonly MemcachedProcess[] _b = [MemcachedProcess.Start(), MemcachedProcess.Start()];
    private readonly CutProxy[] _sightOfB;
    private readonly MemcachedPool _inA;
    private readonly MemcachedPool _inB;

    public ZonesTests()
    {
        _sightOfB = [.. _b.Select(process => new CutProxy(process.EndPoint))];
        _inA = Connect("a", _a.Select(static process => process.Port), _sightOfB.Select(static proxy => proxy.Port));
        _inB = Connect("b", _a.Select(static process => process.Port), _b.Select(static process => process.Port));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _inA.DisposeAsync();
        await _inB.DisposeAsync();
        Array.ForEach(_sightOfB, static proxy => proxy.Dispose());
        Array.ForEach([.. _a, .. _b], static process => process.Dispose());
    }

    [Fact]
    public async Task Each_application_reads_its_own_zone_and_writes_and_deletes_in_both()
    {
        await SetAllAsync(_inA, "v");
        Assert.All(await GetAllAsync(_inB), static found => Assert.Equal("v", found.Value));
        var before = await ReadsAsync(_inA);

        for (var i = 0; i < Keys; i++)
        {
            Assert.Equal("v", await _inB.GetAsync($"k{i}", Text, Token));
        }

        var after = await ReadsAsync(_inA);
        Assert.Equal((0, Keys), (after[0] + after[1] - before[0] - before[1], after[2] + after[3] - before[2] - before[3]));
        Assert.Equal(Keys, await _inB.DeleteManyAsync(AllKeys(), Token));
        Assert.Empty(await GetAllAsync(_inA));
    }

    [Fact]
    public async Task One_caller_of_both_zones_creates_a_value()
    {
        var creates = 0;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? _inA : _inB).GetOrCreateAsync(
            $"k{i / 8}",
            async token =>
            {
                Interlocked.Increment(ref creates);
                await Task.Delay(20, token);
                return "created";
            },
            Text, Options, cancellationToken: Token).AsTask())).WaitAsync(FaultPool.Patience, Token);

        Assert.Equal(5, creates);
    }

    [Fact]
    public async Task A_zone_that_was_cut_off_shows_nothing_old_once_the_one_who_wrote_sees_it_again()
    {
        await SetAllAsync(_inA, "old");
        Array.ForEach(_sightOfB, static proxy => proxy.Cut());
        await UntilAsync(ServerState.Failed);

        // No write fails for it, and who wrote sees nothing older.
        await SetAllAsync(_inA, "new");
        await _inA.DeleteManyAsync(AllKeys().Take(Keys / 2), Token);
        var seen = await GetAllAsync(_inA);
        Assert.Equal(Keys / 2, seen.Count);
        Assert.All(seen, static found => Assert.Equal("new", found.Value));

        // The other application still has what it had: nobody could tell it.
        Assert.Contains("old", (await GetAllAsync(_inB)).Values);
        Assert.True(_inA.Servers[2].MissedDeletes + _inA.Servers[3].MissedDeletes > 0);

        Array.ForEach(_sightOfB, static proxy => proxy.Restore());
        await UntilAsync(ServerState.Connected);

        Assert.All(await GetAllAsync(_inB), static found => Assert.Equal("new", found.Value));
        Assert.DoesNotContain(await GetAllAsync(_inB), static found => int.Parse(found.Key[1..], System.Globalization.CultureInfo.InvariantCulture) < Keys / 2);
        Assert.Equal((0, 0), (_inA.Servers[2].MissedDeletes, _inA.Servers[3].MissedDeletes));
    }

    [Fact]
    public async Task Who_loses_the_own_zone_reads_the_other_one()
    {
        await SetAllAsync(_inB, "v");
        Array.ForEach(_b, static process => process.Kill());

        await FaultPool.UntilAsync(() => GetAllAsync(_inB, missing: true).GetAwaiter().GetResult() == Keys, "reads from the other zone");

        Array.ForEach(_b, static process => process.Restart());
        await FaultPool.UntilAnsweringAsync(_inB);
        Assert.Equal("v", await _inB.GetOrCreateAsync("k1", static _ => throw new InvalidOperationException("created"), Text, GetOrCreateOptions.Default, cancellationToken: Token));
    }

    private static MemcachedPool Connect(string zone, IEnumerable<int> a, IEnumerable<int> b)
    {
        var options = new MemcachedPoolOptions
        {
            Zone = zone,

            // The two know the servers of zone b by different names.
            HashStrategy = HashStrategies.Standard,
            Servers =
            [
                .. a.Select(static port => new MemcachedServerOptions("127.0.0.1", port) { Zone = "a" }),
                .. b.Select(static port => new MemcachedServerOptions("127.0.0.1", port) { Zone = "b" }),
            ],
            ConnectTimeout = FaultPool.Patience,
            OperationTimeout = FaultPool.Patience,
            RetryInterval = TimeSpan.FromMilliseconds(50),
        };
        return MemcachedPool.Connect(options);
    }

    private static IEnumerable<string> AllKeys() => Enumerable.Range(0, Keys).Select(static i => $"k{i}");

    private static Task SetAllAsync(MemcachedPool pool, string value) =>
        pool.SetManyAsync(AllKeys().Select(key => KeyValuePair.Create(key, value)), Text, cancellationToken: Token).AsTask();

    private static async Task<Dictionary<string, string>> GetAllAsync(MemcachedPool pool) =>
        (await pool.GetManyAsync(AllKeys(), Text, Token)).ToDictionary(static found => found.Key, static found => found.Value);

    private static async Task<int> GetAllAsync(MemcachedPool pool, bool missing)
    {
        try
        {
            return (await GetAllAsync(pool)).Count;
        }
        catch (MemcachedException) when (missing)
        {
            return 0;
        }
    }

    private static async Task<long[]> ReadsAsync(MemcachedPool pool) =>
        [.. (await pool.GetStatsAsync(cancellationToken: Token)).Select(static reply => long.Parse(reply.Value!["cmd_get"], System.Globalization.CultureInfo.InvariantCulture))];

    // Reads find out, and probes that it is over.
    private async Task UntilAsync(ServerState state)
    {
        while (_inA.Servers[2].State != state || _inA.Servers[3].State != state)
        {
            await _inA.GetVersionsAsync(Token);
            await Task.Delay(5, Token);
        }
    }
}
