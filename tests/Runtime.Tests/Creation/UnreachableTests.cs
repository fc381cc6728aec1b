using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>Get-or-create works without servers, too.</summary>
public sealed class UnreachableTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;

    private readonly Fleet _fleet = new(servers: 2);
    private readonly GatedCreate _create = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Theory]
    [InlineData(ServerFailurePolicy.Throw)]
    [InlineData(ServerFailurePolicy.Miss)]
    public async Task Without_a_server_callers_still_share_a_create_and_nothing_is_kept(ServerFailurePolicy policy)
    {
        var pool = _fleet.Join(options => options.OnServerFailure = policy);
        foreach (var server in pool.Servers)
        {
            server.Disable();
        }

        var calls = Enumerable.Range(0, 10).Select(_ => GetAsync(pool, _create.CreateAsync)).ToArray();
        await Fleet.UntilAsync(() => pool.WaitingForCreation == calls.Length);
        _create.Return("v");
        Assert.All(await Task.WhenAll(calls), value => Assert.Equal("v", value));
        Assert.Equal(1, _create.Runs);
        Assert.Equal("w", await GetAsync(pool, _ => ValueTask.FromResult("w")));
    }

    [Fact]
    public async Task A_delete_sets_a_create_without_a_lease_apart_and_disposal_ends_it_too()
    {
        var pool = _fleet.Join();
        foreach (var server in pool.Servers)
        {
            server.Disable();
        }

        var before = GetAsync(pool, _create.CreateAsync);
        var token = await _create.Started;
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.DeleteAsync("k", Token));
        Assert.Equal("after", await GetAsync(pool, _ => ValueTask.FromResult("after")));
        pool.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => before);
        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_server_which_fails_during_the_create_loses_the_value_and_nothing_else()
    {
        var pool = _fleet.Join(options => options.AllowFailover = false);
        var call = GetAsync(pool, _create.CreateAsync);
        await _create.Started;
        _fleet.Stop(0);
        _fleet.Stop(1);
        _create.Return("v");
        Assert.Equal("v", await call);
    }

    [Fact]
    public async Task A_fill_never_goes_to_another_server_than_its_lease()
    {
        var pool = _fleet.Join();
        var home = pool.FindServer("k");
        var call = GetAsync(pool, _create.CreateAsync);
        await _create.Started;

        // The CAS numbers of two servers which have done the same are the same.
        home.Disable();
        Assert.Equal("elsewhere", await GetAsync(pool, _ => ValueTask.FromResult("elsewhere")));
        await pool.DeleteAsync("k", Token);
        var again = new GatedCreate();
        var second = GetAsync(pool, again.CreateAsync);
        await again.Started;
        _create.Return("of the failed server");
        Assert.Equal("of the failed server", await call);
        Assert.Null(await pool.GetAsync("k", Text, Token));
        again.Return("of the other");
        Assert.Equal("of the other", await second);
        Assert.Equal("of the other", await pool.GetAsync("k", Text, Token));
    }

    private static async Task<string> GetAsync(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create) =>
        await pool.GetOrCreateAsync("k", create, Text, GetOrCreateOptions.Default, cancellationToken: Token);
}
