using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>A counter whose value is being created is missing for those who count.</summary>
public sealed class CountedLeaseTests : IAsyncDisposable
{
    private static readonly ICacheCodec<long> Number = CacheCodecs.Int64;
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(10) };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _other;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CountedLeaseTests() => _other = _fleet.Join();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task One_that_is_only_counted_is_not_there_and_the_created_value_is_stored()
    {
        var created = await BeginAsync();
        Assert.Null(await _other.IncrementAsync("n", 1, Token));
        Assert.Null(await _other.DecrementAsync("n", 1, Token));
        _gate.SetResult();
        Assert.Equal(100, await created);
        Assert.Equal(101u, await _other.IncrementAsync("n", 1, Token));
    }

    [Fact]
    public async Task One_that_is_created_by_counting_takes_its_place()
    {
        var created = await BeginAsync();
        Assert.Equal(5u, await _other.IncrementAsync("n", 1, 5, cancellationToken: Token));
        Assert.Equal(4u, await _other.DecrementAsync("n", 1, 5, cancellationToken: Token));
        _gate.SetResult();
        Assert.Equal(100, await created);
        Assert.Equal(4, await _other.GetAsync("n", Number, Token));
    }

    [Theory]
    [InlineData("words")]
    [InlineData("")]
    public async Task Another_value_is_refused_as_before(string value)
    {
        await _other.SetAsync("n", value, CacheCodecs.String, cancellationToken: Token);
        var refused = await Assert.ThrowsAsync<MemcachedServerException>(async () => await _other.IncrementAsync("n", 1, Token));
        Assert.Contains("not a counter", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MemcachedServerException>(async () => await _other.IncrementAsync("n", 1, 5, cancellationToken: Token));
        Assert.Equal(value, await _other.GetAsync("n", CacheCodecs.String, Token));
    }

    private async Task<Task<long>> BeginAsync()
    {
        var created = _fleet.Join().GetOrCreateAsync("n", CreateAsync, Number, Options, cancellationToken: Token).AsTask();
        await _begun.Task;
        return created;
    }

    private async ValueTask<long> CreateAsync(CancellationToken token)
    {
        _begun.SetResult();
        await _gate.Task;
        return 100;
    }
}
