using TypedCache.Values;

namespace TypedCache.Tests.Near;

public sealed class NearRevalidationTests
{
    private static readonly NearOptions Renewed = new() { Duration = TimeSpan.FromSeconds(2), Revalidate = TimeSpan.FromSeconds(60), SharesValues = true };
    private static readonly NearOptions RenewedBytes = new() { Duration = TimeSpan.FromSeconds(2), Revalidate = TimeSpan.FromSeconds(60) };

    // Random, so that it stays large when it is compressed.
    private static readonly string Large = new(new Random(1).GetItems("abcdefghijklmnopqrstuvwxyz0123456789".AsSpan(), 10_000));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.6.40")]
    [InlineData("1.6.39")]
    [InlineData("1.6.18")]
    public async Task A_value_that_has_not_changed_stays_the_same_object(string version)
    {
        using var pools = new NearPools(version);
        foreach (var value in new[] { "small", Large })
        {
            await pools.Pool.SetAsync("k", value, CacheCodecs.String, cancellationToken: Token);
            var first = await GetAsync(pools);
            pools.Advance(2);

            Assert.Same(first, await GetAsync(pools));
            pools.Forget();
            pools.Advance(1.9);
            Assert.Same(first, await GetAsync(pools));
            Assert.Empty(pools.Asked);
        }
    }

    [Theory]
    [InlineData("1.6.40", "small", "mg k v f t c C")]
    [InlineData("1.6.40", "large", "mg k v f t c C")]
    [InlineData("1.6.39", "small", "mg k v f t c")]
    [InlineData("1.6.39", "large", "mg k s f t c")]
    public async Task The_question_is_the_cheapest_one_that_the_server_understands(string version, string size, string question)
    {
        using var pools = new NearPools(version);
        await pools.Pool.SetAsync("k", size == "large" ? Large : size, CacheCodecs.String, cancellationToken: Token);
        await GetAsync(pools);
        pools.Advance(2);
        pools.Forget();

        await GetAsync(pools);
        var asked = Assert.Single(pools.Asked);
        Assert.Equal(question, question.EndsWith('C') ? asked.TrimEnd("0123456789".ToCharArray()) : asked);
    }

    [Theory]
    [InlineData("1.6.40")]
    [InlineData("1.6.18")]
    public async Task A_value_that_has_changed_is_read(string version)
    {
        using var pools = new NearPools(version);
        var other = pools.Join();
        foreach (var (old, @new) in new[] { ("small", "new"), (Large, Large + "y") })
        {
            await pools.Pool.SetAsync("k", old, CacheCodecs.String, cancellationToken: Token);
            Assert.Equal(old, await GetAsync(pools));
            await other.SetAsync("k", @new, CacheCodecs.String, cancellationToken: Token);
            pools.Advance(2);

            Assert.Equal(@new, await GetAsync(pools));
            pools.Forget();
            Assert.Equal(@new, await GetAsync(pools));
            Assert.Empty(pools.Asked);
        }
    }

    [Fact]
    public async Task A_value_that_is_gone_is_a_miss()
    {
        using var pools = new NearPools();
        await pools.Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await GetAsync(pools);
        await pools.Join().DeleteAsync("k", Token);
        pools.Advance(2);

        Assert.Null(await GetAsync(pools));
    }

    [Fact]
    public async Task A_value_is_read_in_full_once_it_has_been_kept_for_long_enough()
    {
        using var pools = new NearPools();
        await pools.Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await GetAsync(pools);
        for (var second = 0; second < 58; second += 2)
        {
            pools.Advance(2);
            await GetAsync(pools);
        }

        pools.Advance(2);
        pools.Forget();
        await GetAsync(pools);
        Assert.Equal(["mg k v f t c"], pools.Asked);
    }

    [Fact]
    public async Task A_shorter_expiry_that_another_process_gave_is_heard_of()
    {
        using var pools = new NearPools();
        await pools.Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await GetAsync(pools);
        await pools.Join().TouchAsync("k", CacheExpiry.FromSeconds(2), Token);
        pools.Advance(2 - 0.5);
        await GetAsync(pools);
        pools.Advance(2);

        Assert.Null(await GetAsync(pools));
    }

    // After a restart the server gives its CAS numbers anew: the same number can stand for another value.
    [Theory]
    [InlineData("1.6.40")]
    [InlineData("1.6.18")]
    public async Task A_cas_number_of_before_a_restart_is_not_compared(string version)
    {
        using var pools = new NearPools(version);
        await pools.Pool.SetAsync("k", "old", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("old", await GetAsync(pools));
        var cas = (await pools.Pool.GetValueAsync("k", CacheCodecs.String, Token)).Cas;
        pools.Restart();
        var other = pools.Join();
        do
        {
            await other.SetAsync("k", "new", CacheCodecs.String, cancellationToken: Token);
        }
        while ((await other.GetValueAsync("k", CacheCodecs.String, Token)).Cas.ToUInt64() < cas.ToUInt64());

        Assert.Equal(cas.ToUInt64(), (await other.GetValueAsync("k", CacheCodecs.String, Token)).Cas.ToUInt64());
        pools.Advance(2);
        string? value = null;
        for (var attempt = 0; value is null && attempt < 100; attempt++)
        {
            try
            {
                value = await GetAsync(pools);
            }
            catch (MemcachedConnectionException)
            {
                pools.Advance(1);
            }
        }

        Assert.Equal("new", value);
    }

    [Fact]
    public async Task Bytes_are_kept_like_objects()
    {
        using var pools = new NearPools();
        await pools.Pool.SetAsync("k", [1, 2, 3], CacheCodecs.Bytes, cancellationToken: Token);
        await pools.Pool.GetAsync("k", CacheCodecs.Bytes, RenewedBytes, Token);
        pools.Advance(2);
        pools.Forget();

        Assert.Equal([1, 2, 3], await pools.Pool.GetAsync("k", CacheCodecs.Bytes, RenewedBytes, Token));
        Assert.StartsWith("mg k v f t c C", Assert.Single(pools.Asked), StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], await pools.Pool.GetAsync("k", CacheCodecs.Bytes, RenewedBytes, Token));
        Assert.Single(pools.Asked);
    }

    [Fact]
    public async Task A_value_that_was_invalidated_meanwhile_is_given_out_but_not_as_a_fresh_one()
    {
        using var pools = new NearPools();
        await pools.Pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await GetAsync(pools);
        await pools.Join().InvalidateAsync("k", TimeSpan.FromMinutes(1), Token);
        pools.Advance(2);
        Assert.Equal("v", await GetAsync(pools));
        pools.Forget();

        Assert.Equal("v", await GetAsync(pools));
        Assert.NotEmpty(pools.Asked);
    }

    private static ValueTask<string?> GetAsync(NearPools pools) => pools.Pool.GetAsync("k", CacheCodecs.String, Renewed, Token);
}
