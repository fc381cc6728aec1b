using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>When values which were created expire.</summary>
public sealed class CreationExpiryTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(1) };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _pool;

    public CreationExpiryTests() => _pool = _fleet.Join();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task Expiries_come_from_the_item_the_call_or_the_options_in_this_order()
    {
        CacheExpiry? call = TimeSpan.FromSeconds(20);
        await _pool.GetOrCreateItemAsync("item", _ => ValueTask.FromResult(CacheItem.Cached("v", TimeSpan.FromSeconds(10))), Text, Options, call, Token);
        await _pool.GetOrCreateItemAsync("call", _ => ValueTask.FromResult(CacheItem.Cached("v")), Text, Options, call, Token);
        await _pool.GetOrCreateAsync("options", _ => ValueTask.FromResult("v"), Text, Options, cancellationToken: Token);

        Assert.Equal(["call", "item", "options"], await LivingAsync());
        _fleet.Advance(11);
        Assert.Equal(["call", "options"], await LivingAsync());
        _fleet.Advance(10);
        Assert.Equal(["options"], await LivingAsync());
        _fleet.Advance(40);
        Assert.Empty(await LivingAsync());
    }

    [Theory]
    [InlineData(MemcachedProtocol.Meta)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task An_expired_value_is_created_anew(MemcachedProtocol protocol)
    {
        var pool = _fleet.Join(options => options.Protocol = protocol);
        Assert.Equal("v", await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), Text, Options, cancellationToken: Token));
        _fleet.Advance(61);
        Assert.Equal("w", await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("w"), Text, Options, cancellationToken: Token));
    }

    [Fact]
    public async Task An_entry_creates_with_its_own_expiry_or_that_of_its_options()
    {
        var own = new CacheEntry<string>(_pool, "own"u8, Text, CacheExpiry.FromSeconds(10));
        var withOptions = new CacheEntry<string>(_pool, "options"u8, Text, CacheExpiry.FromSeconds(10), new GetOrCreateOptions { Expires = TimeSpan.FromSeconds(20), Stale = TimeSpan.FromSeconds(20) });
        Assert.Equal("v", await own.GetOrCreateAsync(_ => ValueTask.FromResult("v"), cancellationToken: Token));
        Assert.Equal("7", await withOptions.GetOrCreateAsync(7, static (state, _) => ValueTask.FromResult($"{state}"), cancellationToken: Token));
        _fleet.Advance(11);
        Assert.Null(await own.GetAsync(Token));
        _fleet.Advance(11);
        Assert.True(await withOptions.InvalidateAsync(Token));
        Assert.Equal("7", await withOptions.GetOrCreateAsync(_ => ValueTask.FromResult("8"), cancellationToken: Token));
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 0);
        Assert.Equal("8", await withOptions.GetAsync(Token));
        Assert.False(await own.InvalidateAsync(Token));
    }

    [Fact]
    public async Task What_an_entry_stores_is_as_fresh_for_as_long_as_what_it_creates()
    {
        var entry = new CacheEntry<string>(
            _pool, "k"u8, Text, CacheExpiry.FromSeconds(10), new GetOrCreateOptions { Expires = TimeSpan.FromSeconds(10), Stale = TimeSpan.FromSeconds(300) });
        await entry.SetAsync("set", cancellationToken: Token);
        _fleet.Advance(9);
        Assert.Equal("set", await entry.GetOrCreateAsync(_ => throw new InvalidOperationException("it is fresh"), cancellationToken: Token));
        _fleet.Advance(3);
        Assert.Equal("set", await entry.GetOrCreateAsync(_ => ValueTask.FromResult("new"), cancellationToken: Token));
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 0);
        Assert.Equal("new", await entry.GetAsync(Token));
    }

    [Fact]
    public async Task An_entry_set_creates_with_its_own_expiry()
    {
        var set = new CacheEntrySet<int, string>(
            _pool,
            static (ref writer, key) =>
            {
                writer.AppendLiteral("n:"u8);
                writer.Append(key);
            },
            KeyPolicy.Escape,
            Text,
            CacheExpiry.FromSeconds(10));
        var values = await set.GetOrCreateManyAsync([1, 2], (keys, _) => ValueTask.FromResult<IReadOnlyDictionary<int, string>>(keys.ToDictionary(key => key, key => $"created {key}")), cancellationToken: Token);
        Assert.Equal(["created 1", "created 2"], values.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        _fleet.Advance(11);
        Assert.Empty(await set.GetManyAsync([1, 2], Token));
    }

    private async Task<IEnumerable<string>> LivingAsync() =>
        (await _pool.GetManyAsync(["item", "call", "options"], Text, Token)).Keys.Order();
}
