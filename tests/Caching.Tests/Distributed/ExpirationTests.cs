using Microsoft.Extensions.Caching.Distributed;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>Absolute and sliding expirations, after the tests of Microsoft's cache over Redis; by the clock, to the second.</summary>
public sealed class ExpirationTests : IDisposable
{
    private static readonly byte[] Value = [7];

    private readonly SharedServers _servers = new();
    private readonly TypedCacheDistributedCache _cache;

    public ExpirationTests() => _cache = _servers.JoinCache();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task An_absolute_expiration_in_the_past_is_refused()
    {
        var past = _servers.Time.GetUtcNow() - TimeSpan.FromMinutes(1);
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => _cache.Set("k", Value, new DistributedCacheEntryOptions { AbsoluteExpiration = past }));
        Assert.Equal(nameof(DistributedCacheEntryOptions.AbsoluteExpiration), refused.ParamName);
        Assert.StartsWith("The absolute expiration value must be in the future.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(past, refused.ActualValue);

        var now = new DistributedCacheEntryOptions { AbsoluteExpiration = _servers.Time.GetUtcNow() };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _cache.SetAsync("k", Value, now, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    public void Relative_and_sliding_expirations_have_to_be_positive(int seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        Assert.Equal(
            nameof(DistributedCacheEntryOptions.AbsoluteExpirationRelativeToNow),
            Assert.Throws<ArgumentOutOfRangeException>(() => _cache.Set("k", Value, new DistributedCacheEntryOptions().SetAbsoluteExpiration(time))).ParamName);
        Assert.Equal(
            nameof(DistributedCacheEntryOptions.SlidingExpiration),
            Assert.Throws<ArgumentOutOfRangeException>(() => _cache.Set("k", Value, new DistributedCacheEntryOptions().SetSlidingExpiration(time))).ParamName);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(90)]
    [InlineData(40 * 24 * 60 * 60)]
    public void An_absolute_expiration_is_never_early_and_at_most_two_seconds_late(double seconds)
    {
        // Its clock's second may begin at any moment.
        _servers.Advance(0.9);
        _cache.Set("relative", Value, new DistributedCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromSeconds(seconds)));
        _cache.Set("point", Value, new DistributedCacheEntryOptions().SetAbsoluteExpiration(_servers.Time.GetUtcNow().AddSeconds(seconds)));
        _servers.Advance(seconds - 0.01);
        Assert.Equal(Value, _cache.Get("relative"));
        Assert.Equal(Value, _cache.Get("point"));

        _servers.Advance(2.01);
        Assert.Null(_cache.Get("relative"));
        Assert.Null(_cache.Get("point"));
    }

    [Fact]
    public void Of_two_absolute_expirations_the_relative_one_counts()
    {
        _cache.Set("k", Value, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1), AbsoluteExpiration = _servers.Time.GetUtcNow().AddHours(1) });
        _servers.Advance(62);
        Assert.Null(_cache.Get("k"));
    }

    [Fact]
    public void Without_an_expiration_a_value_stays()
    {
        _cache.Set("k", Value, new DistributedCacheEntryOptions());
        _servers.Time.Advance(TimeSpan.FromDays(1000));
        Assert.Equal(Value, _cache.Get("k"));
    }

    [Fact]
    public void The_longest_expirations_are_fine()
    {
        _cache.Set("absolute", Value, new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.MaxValue });
        _cache.Set("relative", Value, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.MaxValue });
        _cache.Set("sliding", Value, new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.MaxValue });
        _cache.Set("both", Value, new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.MaxValue, AbsoluteExpiration = DateTimeOffset.MaxValue });
        _servers.Time.Advance(TimeSpan.FromDays(150));
        foreach (var key in new[] { "absolute", "relative", "sliding", "both" })
        {
            Assert.Equal(Value, _cache.Get(key));
        }
    }

    [Theory]
    [InlineData(0.25, null)]
    [InlineData(null, 0.25)]
    [InlineData(0.99, 60.0)]
    [InlineData(60.0, 0.99)]
    public async Task What_lives_for_less_than_a_second_is_not_stored_and_what_was_there_is_gone(double? absolute, double? sliding)
    {
        _cache.Set("k", [1], new DistributedCacheEntryOptions());
        var options = new DistributedCacheEntryOptions
        {
            AbsoluteExpirationRelativeToNow = absolute is { } left ? TimeSpan.FromSeconds(left) : null,
            SlidingExpiration = sliding is { } unread ? TimeSpan.FromSeconds(unread) : null,
        };
        _cache.Set("k", Value, options);
        Assert.Null(_cache.Get("k"));

        _cache.Set("k", [1], new DistributedCacheEntryOptions());
        await _cache.SetAsync("k", Value, options, Token);
        Assert.Null(await _cache.GetAsync("k", Token));
    }
}
