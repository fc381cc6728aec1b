using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>How a batch is sent: in parts, of which none is lost when others fail.</summary>
public sealed class StatusBatchTests : IDisposable
{
    // More than are sent at once.
    private const int Many = 3000;

    private readonly SharedServers _servers = new(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task More_keys_than_are_sent_at_once_are_all_seen_to()
    {
        var pool = _servers.Connect();
        var values = Enumerable.Range(0, Many).ToDictionary(i => $"k{i}", i => $"v{i}");

        await pool.SetManyAsync(values.Where(pair => pair.Key.EndsWith('7')), CacheCodecs.String, cancellationToken: Token);
        var added = await pool.AddManyAsync(values, CacheCodecs.String, cancellationToken: Token);
        Assert.Equal(values.Keys.Where(key => !key.EndsWith('7')).Order(), added.Order());

        Assert.Equal(values.Keys.Order(), (await pool.ExistsManyAsync(values.Keys.Append("missing"), Token)).Order());
        Assert.Equal(values.Keys.Order(), (await pool.TouchManyAsync(values.Keys.Append("missing"), TimeSpan.FromHours(1), Token)).Order());
        var read = await pool.GetManyValuesAsync(values.Keys.Append("missing"), CacheCodecs.String, Token);
        Assert.Equal(values.OrderBy(pair => pair.Key), read.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value!)).OrderBy(pair => pair.Key));

        var results = await pool.CompareAndSetManyAsync(read.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.With("new"))), CacheCodecs.String, cancellationToken: Token);
        Assert.Equal(Many, results.Count(result => result.Value == CasResult.Stored));
        Assert.Equal(Many, (await pool.GetManyAsync(values.Keys, CacheCodecs.String, Token)).Count(pair => pair.Value == "new"));

        Assert.Equal(Many, await pool.DeleteManyAsync(values.Keys.Append("missing"), Token));
        Assert.Empty(await pool.GetManyAsync(values.Keys, CacheCodecs.String, Token));
    }

    [Fact]
    public async Task A_batch_does_not_overrun_the_queue_of_a_server()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { MaxQueuedBytes = 20_000 });
        var values = Enumerable.Range(0, 200).ToDictionary(i => $"k{i}", i => new byte[i * 100]);

        await pool.SetManyAsync(values, CacheCodecs.Bytes, cancellationToken: Token);

        var found = await pool.GetManyAsync(values.Keys, CacheCodecs.Bytes, Token);
        Assert.Equal(values.Select(pair => (pair.Key, pair.Value.Length)).Order(), found.Select(pair => (pair.Key, pair.Value.Length)).Order());
    }

    [Fact]
    public async Task Of_a_key_that_comes_twice_the_values_are_stored_in_their_order()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { ConnectionsPerServer = 3 });
        KeyValuePair<string, byte[]>[] values = [.. Enumerable.Range(0, 60).Select(i => KeyValuePair.Create($"k{i % 3}", new byte[i % 2 == 0 ? 300_000 + i : i]))];

        await pool.SetManyAsync(values, CacheCodecs.Bytes, cancellationToken: Token);

        var found = await pool.GetManyAsync(["k0", "k1", "k2"], CacheCodecs.Bytes, Token);
        Assert.Equal([57, 300_058, 59], found.OrderBy(pair => pair.Key).Select(pair => pair.Value.Length));
        Assert.Equal(["new"], await pool.AddManyAsync([new("new", values[0].Value), new("new", values[1].Value), new("k0", values[1].Value)], CacheCodecs.Bytes, cancellationToken: Token));
        Assert.Equal(300_000, (await pool.GetAsync("new", CacheCodecs.Bytes, Token))!.Length);
    }

    [Fact]
    public async Task Every_write_of_a_batch_reaches_as_many_servers_as_asked_for()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Redundancy = 3, MaxFailoverAttempts = 200 });
        string[] keys = ["a", "b", "c", "d"];

        Assert.Equal(keys, (await pool.AddManyAsync(keys.Select(key => KeyValuePair.Create(key, "v")), CacheCodecs.String, cancellationToken: Token)).Order());
        Assert.Equal((int[])[4, 4, 4], await CountAsync(keys));
        Assert.Equal(keys, (await pool.TouchManyAsync(keys, CacheExpiry.Never, Token)).Order());

        var read = await pool.GetManyValuesAsync(keys, CacheCodecs.String, Token);
        await pool.CompareAndSetManyAsync(read.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.With("w"))), CacheCodecs.String, cancellationToken: Token);
        Assert.Equal(4, (await CountAsync(keys)).Sum());

        await pool.SetManyAsync(keys.Select(key => KeyValuePair.Create(key, "v")), CacheCodecs.String, cancellationToken: Token);
        Assert.Equal((int[])[4, 4, 4], await CountAsync(keys));
        Assert.Equal(4, await pool.DeleteManyAsync(keys, Token));
        Assert.Equal((int[])[0, 0, 0], await CountAsync(keys));
    }

    [Fact]
    public async Task A_server_that_has_failed_does_not_keep_the_others_from_their_part()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { AllowFailover = false });
        string[] keys = [.. Enumerable.Range(0, 100).Select(i => $"k{i}")];
        var reachable = keys.Where(key => pool.FindServer(key) != pool.Servers[1]).ToArray();
        pool.Servers[1].Disable();

        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(async () =>
            await pool.SetManyAsync(keys.Select(key => KeyValuePair.Create(key, "v")), CacheCodecs.String, cancellationToken: Token));
        Assert.Equal(pool.Servers[1].Name, failure.Server);
        var failed = keys.Except(reachable).ToArray();
        var text = $"{failed.Length} of 100 keys failed: '{failed[0]}', '{failed[1]}', '{failed[2]}', .... The first failure: {failure.InnerException!.Message}";
        Assert.Equal(text, failure.Message);
        Assert.Equal(text, (await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.GetManyAsync(keys, CacheCodecs.String, Token))).Message);
        Assert.Equal(reachable.Order(), (await pool.ExistsManyAsync(reachable, Token)).Order());

        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.DeleteManyAsync(keys, Token));
        Assert.Empty(await pool.ExistsManyAsync(reachable, Token));
    }

    [Fact]
    public async Task Values_that_a_server_refuses_are_named_and_the_others_stored()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Compression = new CompressionOptions { Threshold = 0 } });
        var values = new Dictionary<string, byte[]> { ["a"] = new byte[2_000_000], ["b"] = [1], ["c"] = new byte[3_000_000] };

        var refused = await Assert.ThrowsAsync<MemcachedServerException>(async () => await pool.SetManyAsync(values, CacheCodecs.Bytes, cancellationToken: Token));
        Assert.StartsWith("2 of 3 keys failed: 'a', 'c'. The first failure: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("too large", refused.InnerException!.Message, StringComparison.Ordinal);
        Assert.Equal(["b"], await pool.ExistsManyAsync(values.Keys, Token));

        var alone = await Assert.ThrowsAsync<MemcachedServerException>(async () =>
            await pool.SetManyAsync(values.Where(value => value.Key == "a"), CacheCodecs.Bytes, cancellationToken: Token));
        Assert.Contains("refused Set 'a'", alone.Message, StringComparison.Ordinal);
        Assert.Null(alone.InnerException);
    }

    [Fact]
    public async Task What_ends_a_batch_by_itself_is_thrown_as_it_is()
    {
        var pool = _servers.Connect();
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pool.SetManyAsync(Values(), CacheCodecs.String, cancellationToken: cancel.Token));

        IEnumerable<KeyValuePair<string, string>> Values()
        {
            yield return new("a", "v");
            cancel.Cancel();
            yield return new("b", "v");
        }
    }

    [Fact]
    public async Task A_batch_whose_bytes_are_too_many_is_refused_before_anything_is_sent()
    {
        await using var pool = MemcachedPool.InMemory();
        var router = new OperationRouter([], null!, null!, 0);
        var sender = new OperationSender(pool, router, [], KeyTransformer.None, TimeSpan.FromSeconds(1));
        var batch = new StatusBatch<int>(sender, router, new Redundancy(sender, null!), null!, Verb.Set, 0) { MaxBytes = 3000 };
        for (var i = 0; i < 3; i++)
        {
            batch.Value.Resize(900);
            batch.Add(i, "1234567890"u8);
        }

        batch.Value.Resize(900);
        var refused = Assert.Throws<ArgumentException>(() => batch.Add(3, "k"u8));
        batch.Discard();

        Assert.Equal("The keys and values of the batch have more than 3000 bytes. Divide it into smaller ones.", refused.Message);
    }

    private async Task<int[]> CountAsync(string[] keys)
    {
        var counts = new int[3];
        for (var i = 0; i < counts.Length; i++)
        {
            await using var one = _servers.ConnectTo(i);
            counts[i] = (await one.ExistsManyAsync(keys, Token)).Count;
        }

        return counts;
    }
}
