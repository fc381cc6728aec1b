using System.Diagnostics;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>A pool which ends gives its leases back: in a rolling restart nobody waits for those who have gone.</summary>
public sealed class DisposalTests : IAsyncDisposable
{
    private const int Keys = 10;

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(1), Stale = Grace, LeaseTime = TimeSpan.FromHours(1), LeaseWait = TimeSpan.FromHours(1) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Fleet _fleet = new();

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Theory]
    [InlineData("missing", false)]
    [InlineData("missing", true)]
    [InlineData("missing together", false)]
    [InlineData("missing together", true)]
    [InlineData("stale", true)]
    [InlineData("abandoned", true)]
    [InlineData("being read", false)]
    [InlineData("being read", true)]
    [InlineData("being read together", true)]
    public async Task Others_create_at_once(string what, bool isAsync)
    {
        // However long replies take on a busy machine.
        var ending = _fleet.Join();
        ending.LongestFarewell = 60_000;
        var calls = await BeginAsync(ending, what);
        await DisposeAsync(ending, isAsync);
        await Task.WhenAll(calls.Select(call => call.ContinueWith(static _ => { }, TaskScheduler.Default)));

        await AssertFreeAsync(_fleet.Join(), isStale: what == "stale");
    }

    [Fact]
    public async Task Lease_keys_of_servers_which_know_no_leases_are_given_back_too()
    {
        await _fleet.DisposeAsync();
        _fleet = new Fleet(protocol: MemcachedProtocol.Classic);
        var ending = _fleet.Join();
        var calls = await BeginAsync(ending, "missing");
        ending.Dispose();
        await Task.WhenAll(calls.Select(call => call.ContinueWith(static _ => { }, TaskScheduler.Default)));

        await AssertFreeAsync(_fleet.Join(), isStale: false);
    }

    [Fact]
    public async Task A_create_which_ends_later_stores_nothing()
    {
        var ending = _fleet.Join();
        var create = new GatedCreate();
        var call = ending.GetOrCreateAsync("k0", _ => create.CreateAsync(CancellationToken.None), Text, Options, cancellationToken: Token).AsTask();
        await create.Started;
        await ending.DisposeAsync();
        create.Return("late");

        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
        Assert.Null(await _fleet.Join().GetAsync("k0", Text, Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pool_with_nothing_to_give_back_ends_at_once_on_any_thread(bool isAsync)
    {
        var pool = _fleet.Join();
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        var watch = Stopwatch.StartNew();
        await DisposeWhereRepliesAreReadAsync(pool, isAsync);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.GetAsync("k", Text, Token));
    }

    private static async Task DisposeWhereRepliesAreReadAsync(MemcachedPool pool, bool isAsync)
    {
        await pool.GetAsync("k", Text, Token).ConfigureAwait(false);
        await DisposeAsync(pool, isAsync).ConfigureAwait(false);
    }

    private static async Task DisposeAsync(MemcachedPool pool, bool isAsync)
    {
        if (isAsync)
        {
            await pool.DisposeAsync();
        }
        else
        {
            pool.Dispose();
        }
    }

    private static string[] Names() => [.. Enumerable.Range(0, Keys).Select(number => $"k{number}")];

    private static async Task<Task[]> BeginAsync(MemcachedPool pool, string what)
    {
        var creates = Names().Select(_ => new GatedCreate()).ToArray();
        if (what == "stale")
        {
            foreach (var name in Names())
            {
                await pool.SetAsync(name, "old", Text, TimeSpan.FromMinutes(1), Token);
                await pool.InvalidateAsync(name, Grace, Token);
            }
        }

        using var leaves = new CancellationTokenSource();
        Task[] calls = what.EndsWith("together", StringComparison.Ordinal)
            ? [pool.GetOrCreateManyAsync(Names(), 0, Key, KeyPolicy.Escape, (_, token) => CreateManyAsync(creates[0], token), Text, Options, cancellationToken: Token).AsTask()]
            : [.. Names().Select((name, number) => pool.GetOrCreateAsync(name, token => CreateAsync(creates[number], what, token), Text, Options, cancellationToken: leaves.Token).AsTask())];
        if (!what.StartsWith("being read", StringComparison.Ordinal))
        {
            await Task.WhenAll((calls.Length == 1 ? creates[..1] : creates).Select(create => create.Started));
        }

        if (what == "abandoned")
        {
            await leaves.CancelAsync();
            await Fleet.UntilAsync(() => pool.WaitingForCreation == 0);
        }

        return calls;
    }

    private static void Key(ref CacheKeyWriter writer, int state, string key) => writer.Append(key);

    // What is abandoned goes on, as functions do that do not look at their token.
    private static ValueTask<string> CreateAsync(GatedCreate create, string what, CancellationToken token) =>
        create.CreateAsync(what == "abandoned" ? CancellationToken.None : token);

    private static async ValueTask<IReadOnlyDictionary<string, string>> CreateManyAsync(GatedCreate create, CancellationToken token) =>
        new Dictionary<string, string> { ["k0"] = await create.CreateAsync(token) };

    // Nobody lets the clock go on: whoever had to wait for a lease would wait for ever.
    private static async Task AssertFreeAsync(MemcachedPool pool, bool isStale)
    {
        foreach (var name in Names())
        {
            var create = new GatedCreate();
            var call = pool.GetOrCreateAsync(name, create.CreateAsync, Text, Options, cancellationToken: Token).AsTask();
            await create.Started.WaitAsync(TimeSpan.FromSeconds(30), Token);
            create.Return("new");
            Assert.Equal(isStale ? "old" : "new", await call);
        }

        await Fleet.UntilAsync(() => pool.WaitingForCreation == 0);
        Assert.Equal(Keys, (await pool.GetManyAsync(Names(), Text, Token)).Values.Count(static value => value == "new"));
    }
}
