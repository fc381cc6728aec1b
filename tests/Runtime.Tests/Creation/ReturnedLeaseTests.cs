using System.Globalization;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>A lease that is not used is given back by one request: a second one would meet nothing, or what another process has begun.</summary>
public sealed class ReturnedLeaseTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(1), Stale = Hour };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _other;

    public ReturnedLeaseTests() => _other = _fleet.Join();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_value_that_is_too_large(bool isStale)
    {
        var pool = _fleet.Join(options => options.MaxValueLength = 100);
        if (isStale)
        {
            await _other.SetAsync("k", "old", Text, Hour, Token);
            await _other.InvalidateAsync("k", Hour, Token);
        }

        var large = string.Create(1000, new Random(1), static (text, random) => random.GetItems("abcdefghijklmnopqrstuvwxyz0123456789", text));
        Assert.Equal(isStale ? "old" : large, await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult(large), Text, Options, cancellationToken: Token));
        await Fleet.UntilAsync(() => pool.WaitingForCreation == 0);

        Assert.Equal((1, 0), await RemovalsAsync());
        Assert.False(await _other.ExistsAsync("k", Token));
    }

    [Theory]
    [InlineData("creates")]
    [InlineData("ends later")]
    [InlineData("is read")]
    public async Task Of_a_pool_that_ends_while_it(string what)
    {
        const int Keys = 20;
        var ending = _fleet.Join();
        ending.LongestFarewell = 60_000;
        var creates = Enumerable.Range(0, Keys).Select(_ => new GatedCreate()).ToArray();
        var calls = creates.Select((create, number) => ending.GetOrCreateAsync(
            $"k{number}", token => create.CreateAsync(what == "ends later" ? CancellationToken.None : token), Text, Options, cancellationToken: Token).AsTask()).ToArray();
        if (what != "is read")
        {
            await Task.WhenAll(creates.Select(create => create.Started));
        }

        await ending.DisposeAsync();
        Array.ForEach(creates, create => create.Return("late"));
        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
        }

        var (removed, missed) = await RemovalsAsync();
        Assert.Equal(0, missed);
        Assert.Equal(what == "is read" ? removed : Keys, removed);
        Assert.Empty(await _other.ExistsManyAsync(Enumerable.Range(0, Keys).Select(number => $"k{number}"), Token));
    }

    private async Task<(int Removed, int Missed)> RemovalsAsync()
    {
        var stats = (await _other.GetStatsAsync(cancellationToken: Token))[0].Value!;
        return (int.Parse(stats["delete_hits"], CultureInfo.InvariantCulture), int.Parse(stats["delete_misses"], CultureInfo.InvariantCulture));
    }
}
