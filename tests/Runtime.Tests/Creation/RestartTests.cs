using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>A server which is restarted gives its CAS numbers anew: what was read before it says nothing about what is there now.</summary>
public sealed class RestartTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(1), Stale = TimeSpan.FromMinutes(1), LeaseWait = TimeSpan.FromSeconds(20) };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _holder;
    private readonly MemcachedPool _other;
    private readonly GatedCreate _before = new();
    private readonly GatedCreate _after = new();

    public RestartTests() => (_holder, _other) = (_fleet.Join(), _fleet.Join());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_create_begun_before_a_restart_is_not_stored_over_a_later_delete(bool isBatch)
    {
        var old = isBatch ? GetManyAsync(_holder, _before) : GetAsync(_holder, _before.CreateAsync);
        await _before.Started;
        _fleet.Restart(0);
        Assert.False(await DeleteAsync(_other));
        var current = GetAsync(_other, _after.CreateAsync);
        await _after.Started;
        _before.Return("old");

        Assert.Equal("old", await old);
        Assert.Null(await _other.GetAsync("k", Text, Token));
        _after.Return("new");
        Assert.Equal("new", await current);
        Assert.Equal("newest", await GetAsync(_other, _ => ValueTask.FromResult("newest")));
        Assert.Equal("newest", await _holder.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task Callers_after_a_restart_do_not_share_what_was_begun_before()
    {
        var old = GetAsync(_holder, _before.CreateAsync);
        await _before.Started;
        _fleet.Restart(0);
        Assert.False(await DeleteAsync(_holder));
        var current = GetAsync(_holder, _after.CreateAsync);
        _after.Return("new");

        Assert.Equal("new", await current);
        _before.Return("old");
        Assert.Equal("old", await old);
        Assert.NotEqual("old", await _other.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_refresh_begun_before_a_restart_is_not_stored_over_a_later_set()
    {
        Assert.Equal("first", await GetAsync(_holder, _ => ValueTask.FromResult("first")));
        await _other.InvalidateAsync("k", TimeSpan.FromMinutes(1), Token);
        Assert.Equal("first", await GetAsync(_holder, _before.CreateAsync));
        await _before.Started;
        _fleet.Restart(0);

        // As many stores as before: the numbers are the same again.
        await UntilConnectedAsync(_other);
        for (var i = 0; i < 3; i++)
        {
            await _other.SetAsync("k", "new", Text, TimeSpan.FromMinutes(2), Token);
        }

        _before.Return("old");
        await Fleet.UntilAsync(() => _holder.WaitingForCreation == 0);
        Assert.Equal("new", await _other.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_compare_and_set_after_a_restart_finds_the_value_changed()
    {
        await _holder.SetAsync("k", "old", Text, cancellationToken: Token);
        var read = await _holder.GetValueAsync("k", Text, Token);
        _fleet.Restart(0);
        await UntilConnectedAsync(_other);
        await _other.SetAsync("k", "new", Text, cancellationToken: Token);
        var now = await _other.GetValueAsync("k", Text, Token);
        await UntilConnectedAsync(_holder);

        Assert.Equal(read.Cas.ToUInt64(), now.Cas.ToUInt64());
        Assert.NotEqual(read.Cas, (await _holder.GetValueAsync("k", Text, Token)).Cas);
        Assert.Equal(CasResult.Changed, await _holder.CompareAndSetAsync("k", "lost update", read.Cas, Text, cancellationToken: Token));
        Assert.Equal("new", await _other.GetAsync("k", Text, Token));

        // The number alone knows no better.
        Assert.Equal(CasResult.Stored, await _holder.CompareAndSetAsync("k", "update", read.Cas.ToUInt64(), Text, cancellationToken: Token));
    }

    [Fact]
    public async Task A_compare_and_set_goes_to_no_other_server()
    {
        await using var fleet = new Fleet(2);
        var pool = fleet.Join();
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        var read = await pool.GetValueAsync("k", Text, Token);
        pool.FindServer("k").Disable();
        await pool.SetAsync("k", "elsewhere", Text, cancellationToken: Token);

        Assert.Equal(read.Cas.ToUInt64(), (await pool.GetValueAsync("k", Text, Token)).Cas.ToUInt64());
        Assert.Equal(CasResult.Changed, await pool.CompareAndSetAsync("k", "w", read.Cas, Text, cancellationToken: Token));
        Assert.Equal("elsewhere", await pool.GetAsync("k", Text, Token));
    }

    // Large values have a connection of their own: it opens with the first of them, which was read over the other one.
    [Fact]
    public async Task Both_connections_to_a_server_know_its_leases_and_tokens()
    {
        var pool = _fleet.Join(options => options.ConnectionsPerServer = 2);
        for (var i = 0; i < 4; i++)
        {
            var large = new string([.. Enumerable.Range(0, 300_000).Select(position => (char)Random.Shared.Next('0', 'z'))]);
            Assert.Equal(large, await GetAsync(pool, _ => ValueTask.FromResult(large)));
            var read = await _other.GetValueAsync("k", Text, Token);
            Assert.Equal(large, read.Value);
            read = await pool.GetValueAsync("k", Text, Token);
            Assert.Equal(CasResult.Stored, await pool.CompareAndSetAsync("k", "small", read.Cas, Text, cancellationToken: Token));
            read = await pool.GetValueAsync("k", Text, Token);
            Assert.Equal(CasResult.Stored, await pool.CompareAndSetAsync("k", large, read.Cas, Text, cancellationToken: Token));
            Assert.True(await pool.DeleteAsync("k", Token));
        }
    }

    // The server may have been restarted, or not: what is created is not stored, and nobody waits for it.
    [Fact]
    public async Task What_cannot_be_stored_any_more_gives_its_lease_back()
    {
        var old = GetAsync(_holder, _before.CreateAsync);
        await _before.Started;
        _fleet.Restart(0);
        var current = GetAsync(_other, _after.CreateAsync);
        await _after.Started;
        _before.Return("old");
        await old;

        // The number is that of the new lease by chance.
        Assert.Equal("newest", await GetAsync(_holder, _ => ValueTask.FromResult("newest")));
        _after.Return("new");
        Assert.Equal("new", await current);
        Assert.Equal("newest", await _other.GetAsync("k", Text, Token));
    }

    private static async Task<string> GetAsync(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create) =>
        await pool.GetOrCreateAsync("k", create, Text, Options, cancellationToken: Token);

    private static async Task<string> GetManyAsync(MemcachedPool pool, GatedCreate create)
    {
        var values = await pool.GetOrCreateManyAsync(
            ["k"],
            0,
            static (ref writer, _, key) => writer.Append(key),
            KeyPolicy.Escape,
            async (keys, token) => new Dictionary<string, string> { [keys[0]] = await create.CreateAsync(token) },
            Text,
            Options,
            cancellationToken: Token);
        return values["k"];
    }

    // The first operation after a restart may meet the connection that was lost.
    private static async Task<bool> DeleteAsync(MemcachedPool pool)
    {
        await UntilConnectedAsync(pool);
        return await pool.DeleteAsync("k", Token);
    }

    private static async Task UntilConnectedAsync(MemcachedPool pool)
    {
        for (var isConnected = false; !isConnected;)
        {
            try
            {
                await pool.ExistsAsync("nothing", Token);
                isConnected = true;
            }
            catch (MemcachedConnectionException)
            {
                await Task.Delay(1, Token);
            }
        }
    }
}
