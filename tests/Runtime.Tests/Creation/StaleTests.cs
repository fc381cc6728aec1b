using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>What happens between the soft expiry of a value and its end.</summary>
public sealed class StaleTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Stale = new()
    {
        Expires = TimeSpan.FromSeconds(60),
        Stale = TimeSpan.FromSeconds(300),
        LeaseTime = TimeSpan.FromSeconds(10),
    };

    private static readonly GetOrCreateOptions NoStale = new() { Expires = TimeSpan.FromSeconds(60) };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _one;
    private readonly MemcachedPool _two;

    public StaleTests() => (_one, _two) = (_fleet.Join(), _fleet.Join());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task After_the_soft_expiry_one_caller_refreshes_and_all_get_the_stale_value_at_once()
    {
        await GetAsync(_one, "old");
        _fleet.Advance(59);
        Assert.Equal("old", await GetAsync(_two, Never));
        _fleet.Advance(3);
        var refresh = new GatedCreate();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("old", await GetAsync(i % 2 == 0 ? _one : _two, refresh.CreateAsync));
        }

        refresh.Return("new");
        await Fleet.UntilAsync(() => _one.WaitingForCreation == 0);
        Assert.Equal(1, refresh.Runs);
        Assert.Equal("new", await GetAsync(_two, Never));
    }

    [Fact]
    public async Task After_both_times_the_value_is_missing()
    {
        await GetAsync(_one, "old");
        _fleet.Advance(361);
        Assert.Equal("new", await GetAsync(_two, "new"));
    }

    [Fact]
    public async Task An_invalidated_value_is_given_out_while_one_caller_refreshes()
    {
        Assert.False(await _one.InvalidateAsync("k", Stale.Stale, Token));
        await GetAsync(_one, "old");
        Assert.True(await _one.InvalidateAsync("k", Stale.Stale, Token));
        var refresh = new GatedCreate();
        Assert.Equal("old", await GetAsync(_two, refresh.CreateAsync));
        await refresh.Started;
        Assert.Equal("old", await GetAsync(_one, Never));
        refresh.Return("new");
        await Fleet.UntilAsync(() => _two.WaitingForCreation == 0);
        Assert.Equal("new", await GetAsync(_one, Never));
    }

    [Fact]
    public async Task Without_stale_an_invalidated_value_is_a_miss()
    {
        await GetAsync(_one, "old");
        await _one.InvalidateAsync("k", Stale.Stale, Token);
        var create = new GatedCreate();
        var holder = GetAsync(_one, create.CreateAsync, NoStale);
        await create.Started;
        var waiting = GetAsync(_two, Never, NoStale);
        Assert.Equal("old", await GetAsync(_two, Never));
        create.Return("new");

        Assert.Equal("new", await holder);
        Assert.Equal("new", await _fleet.PassTimeAsync(waiting));
    }

    [Fact]
    public async Task To_invalidate_without_stale_is_to_delete()
    {
        await GetAsync(_one, "old");
        Assert.True(await _one.InvalidateAsync("k", TimeSpan.Zero, Token));
        Assert.Null(await _two.GetAsync("k", Text, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _one.InvalidateAsync("k", TimeSpan.FromSeconds(-1), Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delete_or_an_invalidation_during_a_refresh_wins_over_its_fill(bool hard)
    {
        await GetAsync(_one, "old");
        _fleet.Advance(62);
        var refresh = new GatedCreate();
        Assert.Equal("old", await GetAsync(_one, refresh.CreateAsync));
        await refresh.Started;
        Assert.True(hard ? await _two.DeleteAsync("k", Token) : await _two.InvalidateAsync("k", Stale.Stale, Token));
        refresh.Return("superseded");
        await Fleet.UntilAsync(() => _one.WaitingForCreation == 0);

        Assert.Equal(hard ? null : "old", await _two.GetAsync("k", Text, Token));

        // A lease that a plain read has won goes back in two steps.
        await _two.GetAsync("fence", Text, Token);
        await _two.GetAsync("fence", Text, Token);
        Assert.Equal(hard ? "new" : "old", await GetAsync(_two, "new"));
        await Fleet.UntilAsync(() => _two.WaitingForCreation == 0);
        Assert.Equal("new", await GetAsync(_one, Never));
    }

    [Fact]
    public async Task A_plain_read_of_an_invalidated_value_leaves_the_refresh_to_others()
    {
        await GetAsync(_one, "old");
        Func<Task>[] reads =
        [
            async () => Assert.Equal("old", await _two.GetAsync("k", Text, Token)),
            async () => Assert.True((await _two.GetValueAsync("k", Text, Token)).Found),
            async () => Assert.True(await _two.ExistsAsync("k", Token)),
            async () => Assert.True(await _two.TouchAsync("k", TimeSpan.FromSeconds(400), Token)),
            async () => Assert.Equal("old", await _two.GetAndTouchAsync("k", Text, TimeSpan.FromSeconds(400), Token)),
        ];
        foreach (var read in reads)
        {
            await _one.InvalidateAsync("k", Stale.Stale, Token);
            await read();

            // The lease goes back in two steps.
            await _two.GetAsync("fence", Text, Token);
            await _two.GetAsync("fence", Text, Token);
            var refresh = new GatedCreate();
            Assert.Equal("old", await GetAsync(_one, refresh.CreateAsync));
            await refresh.Started;
            refresh.Return("old");
            await Fleet.UntilAsync(() => _one.WaitingForCreation == 0);
        }
    }

    [Fact]
    public async Task A_failed_refresh_hides_its_exception_and_the_next_caller_tries_again()
    {
        await GetAsync(_one, "old");
        _fleet.Advance(62);
        for (var i = 0; i < 3; i++)
        {
            var fails = new GatedCreate();
            Assert.Equal("old", await GetAsync(i % 2 == 0 ? _one : _two, fails.CreateAsync));
            await fails.Started;
            fails.Throw(new InvalidDataException());
            await Fleet.UntilAsync(() => _one.WaitingForCreation + _two.WaitingForCreation == 0);
        }

        // Handing over did not make it live longer.
        _fleet.Advance(299);
        Assert.Equal("new", await GetAsync(_two, "new"));
    }

    [Fact]
    public async Task With_fail_safe_the_next_attempt_is_made_later()
    {
        var options = new GetOrCreateOptions { Expires = TimeSpan.FromSeconds(60), Stale = TimeSpan.FromSeconds(300), FailSafe = TimeSpan.FromSeconds(30) };
        await GetAsync(_one, "old");
        _fleet.Advance(62);
        var fails = new GatedCreate();
        Assert.Equal("old", await GetAsync(_one, fails.CreateAsync, options));
        await fails.Started;
        fails.Throw(new InvalidDataException());
        await Fleet.UntilAsync(() => _one.WaitingForCreation == 0);

        Assert.Equal("old", await GetAsync(_two, Never, options));
        _fleet.Advance(29);
        Assert.Equal("old", await GetAsync(_one, Never, options));
        _fleet.Advance(3);
        var works = new GatedCreate();
        Assert.Equal("old", await GetAsync(_two, works.CreateAsync, options));
        await works.Started;
        works.Return("new");
        await Fleet.UntilAsync(() => _two.WaitingForCreation == 0);
        Assert.Equal("new", await GetAsync(_one, Never, options));
    }

    [Fact]
    public async Task A_refresh_whose_holder_died_is_taken_over_by_one_other()
    {
        await GetAsync(_one, "old");
        _fleet.Advance(62);
        var lost = new GatedCreate();
        Assert.Equal("old", await GetAsync(_one, lost.CreateAsync));
        await lost.Started;
        _one.Servers[0].Disable();

        Assert.Equal("old", await GetAsync(_two, Never));
        _fleet.Advance(9);
        Assert.Equal("old", await GetAsync(_two, Never));
        _fleet.Advance(2);
        var three = _fleet.Join();
        Assert.Equal("old", await GetAsync(three, Never));
        var taken = new GatedCreate();
        Assert.Equal("old", await GetAsync(_two, taken.CreateAsync));
        await taken.Started;
        Assert.Equal("old", await GetAsync(_two, taken.CreateAsync));
        taken.Return("new");
        await Fleet.UntilAsync(() => _two.WaitingForCreation == 0);

        Assert.Equal("new", await GetAsync(three, Never));
        Assert.Equal(1, taken.Runs);
        _one.Servers[0].Enable();
        lost.Return("late");
        await Fleet.UntilAsync(() => _one.WaitingForCreation == 0);
        Assert.Equal("new", await GetAsync(three, Never));
    }

    [Fact]
    public async Task A_refresh_which_says_that_there_is_nothing_removes_the_stale_value()
    {
        await GetAsync(_one, "old");
        _fleet.Advance(62);
        Assert.Equal("old", await _one.GetOrCreateItemAsync("k", _ => ValueTask.FromResult(CacheItem.NotCached("gone")), Text, Stale, cancellationToken: Token));
        await Fleet.UntilAsync(() => _one.WaitingForCreation == 0);
        Assert.Null(await _two.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task Disposal_cancels_a_refresh()
    {
        await GetAsync(_one, "old");
        _fleet.Advance(62);
        var refresh = new GatedCreate();
        Assert.Equal("old", await GetAsync(_one, refresh.CreateAsync));
        var token = await refresh.Started;
        _one.Dispose();
        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public async Task Jitter_makes_values_which_were_stored_together_expire_apart()
    {
        var options = new GetOrCreateOptions { Expires = TimeSpan.FromSeconds(1000), Jitter = 0.5 };
        string[] keys = [.. Enumerable.Range(0, 100).Select(i => $"k{i}")];
        foreach (var key in keys)
        {
            await _one.GetOrCreateAsync(key, _ => ValueTask.FromResult("v"), Text, options, cancellationToken: Token);
        }

        _fleet.Advance(499);
        Assert.Equal(100, (await _one.GetManyAsync(keys, Text, Token)).Count);
        _fleet.Advance(251);
        Assert.InRange((await _one.GetManyAsync(keys, Text, Token)).Count, 20, 80);
        _fleet.Advance(251);
        Assert.Empty(await _one.GetManyAsync(keys, Text, Token));
    }

    private static ValueTask<string> Never(CancellationToken token) => throw new InvalidOperationException("nobody is to create now");

    private static Task<string> GetAsync(MemcachedPool pool, string created) => GetAsync(pool, _ => ValueTask.FromResult(created));

    private static async Task<string> GetAsync(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create, GetOrCreateOptions? options = null) =>
        await pool.GetOrCreateAsync("k", create, Text, options ?? Stale, cancellationToken: Token);
}
