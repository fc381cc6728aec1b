namespace TypedCache.Testing.Tests;

/// <summary>What an application gets while values are stale, cannot be created, or are asked for by many at once.</summary>
public sealed class BehaviourTests
{
    private const string Key = "shop:product:42";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stale_value_is_given_out_while_one_caller_creates_the_new_one()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        var creator = new Creator();
        await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token);

        cluster.Advance("11m");
        creator.Block();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(1, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
        }

        creator.Unblock();
        await cluster.Calls.WaitForAsync(CallKind.Set, Key, times: 2, Token);
        Assert.Equal(2, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
        Assert.Equal(2, creator.Count);
    }

    [Fact]
    public async Task A_value_that_is_too_old_to_be_stale_is_gone()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        var creator = new Creator();
        await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token);
        Assert.Equal(TimeSpan.FromMinutes(15), cluster.AssertStored(Key).TimeLeft);

        cluster.Advance("15m");

        cluster.AssertNotStored(Key);
        Assert.Equal(2, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
    }

    [Fact]
    public async Task A_value_that_cannot_be_created_anew_is_kept_for_a_while()
    {
        await using var cluster = new TestCluster();
        var pool = cluster.Connect();
        var failed = new TaskCompletionSource();
        pool.RefreshFailed += (_, _) => failed.TrySetResult();
        IShopCache shop = pool.CreateClient<IShopCache>();
        var creator = new Creator();
        await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token);

        cluster.Advance("11m");
        creator.Fails = true;
        Assert.Equal(1, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
        await failed.Task.WaitAsync(Token);
        Assert.Equal(2, creator.Count);

        // For 30 seconds nobody tries again.
        Assert.Equal(1, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
        Assert.Equal(2, creator.Count);
        cluster.Advance("31s");
        creator.Fails = false;
        Assert.Equal(1, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
        await cluster.Calls.WaitForAsync(CallKind.Set, Key, times: 3, Token);
        Assert.Equal(3, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
    }

    [Fact]
    public async Task Of_many_callers_in_many_processes_one_creates()
    {
        await using var cluster = new TestCluster(servers: 3);
        var creator = new Creator();
        creator.Block();
        IShopCache[] processes = [.. Enumerable.Range(0, 4).Select(_ => (IShopCache)cluster.Connect().CreateClient<IShopCache>())];

        var calls = Enumerable.Range(0, 200).Select(i => processes[i % 4].GetOrCreateProductAsync(42, creator.CreateAsync, Token).AsTask()).ToArray();
        await cluster.Calls.WaitForAsync(CallKind.Get, Key, times: 4, Token);
        Assert.Contains(cluster.Items, static item => item.IsPlaceholder);
        creator.Unblock();
        await cluster.AdvanceUntilAsync(Task.WhenAll(calls));

        Assert.All(calls, static call => Assert.Equal(1, call.Result.Price));
        Assert.Equal(1, creator.Count);
        cluster.Calls.AssertStores(Key, times: 1);
    }

    [Fact]
    public async Task An_invalidated_value_is_stale_at_once()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        var creator = new Creator();
        await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token);
        await shop.InvalidateProductAsync(42, Token);
        Assert.True(cluster.AssertStored(Key).IsStale);

        Assert.Equal(1, (await shop.GetOrCreateProductAsync(42, creator.CreateAsync, Token)).Price);
        await cluster.Calls.WaitForAsync(CallKind.Set, Key, times: 2, Token);

        Assert.False(cluster.AssertStored(Key).IsStale);
        cluster.Calls.AssertOrder($"get {Key}", $"store {Key}", $"invalidate {Key}", $"get {Key}", $"store {Key}");
    }

    [Fact]
    public async Task The_value_of_an_earlier_version_can_be_kept_in_a_test()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        await shop.SetProductAsync(42, new Product("Lamp", 7), Token);
        var recorded = cluster.AssertStored(Key).Record();
        Assert.Equal("flags 65537, bytes 82A44E616D65A44C616D70A5507269636507", recorded);

        cluster.StoreRecorded("shop:product:43", recorded, TimeSpan.FromMinutes(1));

        Assert.Equal(new Product("Lamp", 7), await shop.GetProductAsync(43, Token));
        Assert.StartsWith("'92A3' is not a recorded value. Write what TestItem.Record gives", Assert.Throws<FormatException>(() => cluster.StoreRecorded(Key, "92A3")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_version_runs_beside_the_new_one_as_a_client_of_its_own()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect().CreateClient<IShopCache>();
        IReleasedShopCache released = cluster.Connect().CreateClient<IReleasedShopCache>();

        await released.SetProductAsync(42, new ReleasedProduct("Lamp", "red"), Token);
        Assert.Equal(new Product("Lamp", 0), await shop.GetProductAsync(42, Token));
        await shop.SetProductAsync(42, new Product("Lamp", 5), Token);
        Assert.Equal("Lamp", (await released.GetProductAsync(42, Token))!.Name);
    }

    [Fact]
    public async Task AdvanceUntil_needs_a_step()
    {
        await using var cluster = new TestCluster();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("step", () => cluster.AdvanceUntilAsync(new TaskCompletionSource().Task, step: "0s"));
    }

    [Fact]
    public async Task AdvanceUntil_ends_with_a_message_where_the_task_does_not()
    {
        await using var cluster = new TestCluster();

        var failure = await Assert.ThrowsAsync<CacheAssertException>(() => cluster.AdvanceUntilAsync(new TaskCompletionSource().Task, step: "30m", limit: "1h"));

        Assert.Equal("The task had not ended when the clock had been advanced by 1h.\n\nNo server was asked anything.", failure.Message);
    }
}
