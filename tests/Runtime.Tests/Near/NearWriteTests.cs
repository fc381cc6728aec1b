using System.Buffers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Keys;
using TypedCache.Near;
using TypedCache.Values;

namespace TypedCache.Tests.Near;

/// <summary>What a process changes, it sees at once, whatever it has kept.</summary>
public sealed class NearWriteTests
{
    private static readonly NearOptions Long = new() { Duration = TimeSpan.FromHours(1), Revalidate = TimeSpan.FromHours(2), SharesValues = true };
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Stale = new() { Expires = TimeSpan.FromHours(1), Stale = TimeSpan.FromHours(1) };

    private static readonly Dictionary<string, Func<MemcachedPool, Task>> Writes = new()
    {
        ["set"] = static pool => pool.SetAsync("k", "20", Text).AsTask(),
        ["set a span"] = static pool => pool.SetAsync("k"u8, "20", Text).AsTask(),
        ["replace"] = static pool => pool.ReplaceAsync("k", "20", Text).AsTask(),
        ["append"] = static pool => pool.AppendAsync("k", "0", Text).AsTask(),
        ["prepend"] = static pool => pool.PrependAsync("k", "1", Text).AsTask(),
        ["compare and set"] = static async pool => await pool.CompareAndSetAsync("k", "20", (await pool.GetValueAsync("k", Text)).Cas, Text),
        ["touch"] = static pool => pool.TouchAsync("k", CacheExpiry.FromSeconds(1)).AsTask(),
        ["get and touch"] = static pool => pool.GetAndTouchAsync("k", Text, CacheExpiry.FromSeconds(1)).AsTask(),
        ["delete"] = static pool => pool.DeleteAsync("k").AsTask(),
        ["delete and add"] = static async pool =>
        {
            await pool.DeleteAsync("k");
            await pool.AddAsync("k", "20", Text);
        },
        ["invalidate"] = static pool => pool.InvalidateAsync("k", TimeSpan.FromHours(1)).AsTask(),
        ["increment"] = static pool => pool.IncrementAsync("k", 1).AsTask(),
        ["decrement"] = static pool => pool.DecrementAsync("k", 1).AsTask(),
        ["item"] = static pool => pool.SetItemAsync("k", 0, static (writer, _) => writer.Write("20"u8), flags: 0).AsTask(),
        ["set many"] = static pool => pool.SetManyAsync(new Dictionary<string, string> { ["k"] = "20" }, Text).AsTask(),
        ["delete many"] = static pool => pool.DeleteManyAsync(["k"]).AsTask(),
        ["touch many"] = static pool => pool.TouchManyAsync(["k"], CacheExpiry.FromSeconds(1)).AsTask(),
        ["compare and set many"] = static async pool => await pool.CompareAndSetManyAsync(
            (await pool.GetManyValuesAsync(["k"], Text)).ToDictionary(static pair => pair.Key, static pair => pair.Value.With("20")), Text),
        ["create anew"] = static async pool =>
        {
            await pool.DeleteAsync("k");
            await pool.GetOrCreateAsync("k", static _ => ValueTask.FromResult("20"), Text, Stale);
        },
        ["create many anew"] = static async pool =>
        {
            await pool.DeleteAsync("k");
            await pool.GetOrCreateManyAsync(
                ["k"],
                0,
                static (ref CacheKeyWriter writer, int _, string key) => writer.AppendLiteral(Encoding.UTF8.GetBytes(key)),
                KeyPolicy.Reject,
                static (keys, _) => ValueTask.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(static key => key, static _ => "20")),
                Text,
                Stale);
        },
        ["flush"] = static pool => pool.FlushAsync().AsTask(),
    };

    // Long, and no shorter when it is compressed.
    private static readonly string Noise = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(30_000));

    public static TheoryData<string> Names => [.. Writes.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_write_of_this_process_is_seen_at_once(string name)
    {
        using var pools = new NearPools();
        var pool = pools.Pool;
        await pool.SetAsync("k", "10", Text, CacheExpiry.FromSeconds(10_000), Token);
        Assert.Equal("10", await pool.GetAsync("k", Text, Long, Token));
        await Writes[name](pool);
        pools.Forget();

        Assert.Equal(await pools.Join().GetAsync("k", Text, Token), await pool.GetAsync("k", Text, Long, Token));
        Assert.Contains("mg k v f t c", pools.Asked);
    }

    // A caller need not wait for a write to see it: what is sent behind it is carried out behind it.
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_read_that_follows_a_write_under_way_does_not_get_what_was_kept(string name)
    {
        using var pools = new NearPools();
        var pool = pools.Pool;
        await pool.SetAsync("k", "10", Text, CacheExpiry.FromSeconds(10_000), Token);
        Assert.Equal("10", await pool.GetAsync("k", Text, Long, Token));
        pools.Forget();

        var write = Writes[name](pool);
        var read = pool.GetAsync("k", Text, Long, Token).AsTask();
        await write;
        await read;
        Assert.NotEmpty(pools.Asked);
        Assert.Equal(await pools.Join().GetAsync("k", Text, Token), await pool.GetAsync("k", Text, Long, Token));
    }

    // A long multi-get goes over a connection of its own, and may overtake a write that has been sent before it.
    [Fact]
    public async Task What_a_batch_reads_while_a_write_is_under_way_is_not_given_out_once_that_is_complete()
    {
        using var pools = new NearPools();
        using var go = new ManualResetEventSlim();
        var pool = pools.Pool;
        string[] keys = ["k", .. Enumerable.Range(0, 100).Select(static i => $"long{i}")];
        await pool.SetManyAsync(keys.ToDictionary(static key => key, static key => key == "k" ? "10" : Noise), Text, cancellationToken: Token);
        await pool.GetManyAsync(keys, Text, Token);
        pools.OnAsked = asked =>
        {
            if (asked.StartsWith("ms k ", StringComparison.Ordinal))
            {
                go.Wait(TimeSpan.FromSeconds(30));
            }
        };

        var write = pool.SetAsync("k", "20", Text, cancellationToken: Token).AsTask();
        var read = await pool.GetManyAsync(keys, Text, Long, Token);
        Assert.False(write.IsCompleted, "the batch has waited for the write");
        Assert.Equal("10", read["k"]);
        go.Set();
        await write;
        Assert.Equal("20", await pool.GetAsync("k", Text, Long, Token));
    }

    [Fact]
    public async Task What_was_read_before_a_change_is_not_kept_after_it()
    {
        using var pools = new NearPools();
        var pool = pools.Pool;
        await pool.SetAsync("k", "10", Text, cancellationToken: Token);
        var read = await pool.GetValueAsync("k", Text, Token);
        var cache = new NearCache(1_000_000, new FakeTimeProvider());
        var (key, hash) = ("k"u8.ToArray(), NearTable.HashOf("k"u8));
        var epoch = cache.EpochOf(hash);
        var answer = new TypedCache.Pool.NearRead<string> { Code = TypedCache.Protocol.ReplyCode.Ok, Value = "10", Cas = read.Cas, TimeLeft = TypedCache.Protocol.Reply.Forever };
        cache.Keep(key, hash, epoch, answer, cache.Start, Text, Long, pool.Router);
        Assert.NotNull(cache.Find(key, hash, Text, Long, pool.Router));

        cache.Changes(key);
        Assert.Null(cache.Find(key, hash, Text, Long, pool.Router));
        cache.Keep(key, hash, epoch, answer, cache.Start, Text, Long, pool.Router);
        Assert.Null(cache.Find(key, hash, Text, Long, pool.Router));

        epoch = cache.EpochOf(hash);
        cache.Clear();
        cache.Keep(key, hash, epoch, answer, cache.Start, Text, Long, pool.Router);
        Assert.Null(cache.Find(key, hash, Text, Long, pool.Router));
    }

    [Fact]
    public async Task A_renewal_that_was_asked_before_a_change_renews_nothing()
    {
        using var pools = new NearPools();
        var pool = pools.Pool;
        await pool.SetAsync("k", "10", Text, cancellationToken: Token);
        var read = await pool.GetValueAsync("k", Text, Token);
        var time = new FakeTimeProvider();
        var cache = new NearCache(1_000_000, time);
        var (key, hash) = ("k"u8.ToArray(), NearTable.HashOf("k"u8));
        var answer = new TypedCache.Pool.NearRead<string> { Code = TypedCache.Protocol.ReplyCode.Ok, Value = "10", Cas = read.Cas, TimeLeft = TypedCache.Protocol.Reply.Forever };
        var epoch = cache.EpochOf(hash);
        cache.Keep(key, hash, epoch, answer, cache.Start, Text, Long, pool.Router);
        var kept = cache.FindKept(key, hash, Text, Long, pool.Router)!;

        cache.Changes(key);
        time.Advance(TimeSpan.FromMinutes(90));
        cache.Renew(kept, epoch, cache.Start, TypedCache.Protocol.Reply.Forever);
        Assert.False(kept.IsFresh(time.GetElapsedTime(0, time.GetTimestamp()).Ticks, Long));
    }
}
