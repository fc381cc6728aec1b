using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>A touch of a missing key whose value is being created is a miss, and leaves the lease as long as it was.</summary>
public sealed class TouchedLeaseTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly GetOrCreateOptions Options = new() { LeaseWait = TimeSpan.FromMinutes(30), LeaseTime = TimeSpan.FromSeconds(2) };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _other;
    private readonly GatedCreate _create = new();

    public TouchedLeaseTests() => _other = _fleet.Join();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Theory]
    [InlineData("touch")]
    [InlineData("touch for ever")]
    [InlineData("get and touch")]
    [InlineData("get value and touch")]
    [InlineData("touch, and leave")]
    [InlineData("entry")]
    [InlineData("many touches at once")]
    public async Task The_next_caller_waits_no_longer(string way)
    {
        var dying = _fleet.Join();
        var lost = dying.GetOrCreateAsync("k", _create.CreateAsync, Text, Options, cancellationToken: Token).AsTask();
        await _create.Started;
        await TouchAsync(way);
        dying.Servers[0].Disable();
        dying.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lost);
        var began = _fleet.Time.GetTimestamp();

        var value = await _fleet.PassTimeAsync(_other.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), Text, Options, cancellationToken: Token).AsTask());

        Assert.Equal("v", value);
        Assert.InRange(_fleet.Time.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData("touch")]
    [InlineData("get and touch")]
    public async Task Whoever_creates_stores_all_the_same(string way)
    {
        var holder = _fleet.Join();
        var created = holder.GetOrCreateAsync("k", _create.CreateAsync, Text, Options, cancellationToken: Token).AsTask();
        await _create.Started;
        await TouchAsync(way);
        _create.Return("v");

        Assert.Equal("v", await created);
        Assert.Equal("v", await _other.GetAsync("k", Text, Token));
    }

    private async Task TouchAsync(string way)
    {
        switch (way)
        {
            case "touch":
                Assert.False(await _other.TouchAsync("k", Hour, Token));
                break;
            case "touch for ever":
                Assert.False(await _other.TouchAsync("k", CacheExpiry.Never, Token));
                break;
            case "get and touch":
                Assert.Null(await _other.GetAndTouchAsync("k", Text, Hour, Token));
                break;
            case "get value and touch":
                Assert.False((await _other.GetValueAndTouchAsync("k", Text, Hour, Token)).Found);
                break;
            case "entry":
                Assert.False(await new CacheEntry<string>(_other, "k"u8, Text, Hour).TouchAsync(cancellationToken: Token));
                break;
            case "touch, and leave":
                using (var leaves = new CancellationTokenSource())
                {
                    var touch = _other.TouchAsync("k", Hour, leaves.Token).AsTask();
                    await leaves.CancelAsync();
                    await touch.ContinueWith(static _ => { }, TaskScheduler.Default);
                }

                break;
            default:
                var third = _fleet.Join();
                Assert.DoesNotContain(true, await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? _other : third).TouchAsync("k", Hour, Token).AsTask())));
                break;
        }

        // What is put right without a caller who waits for it.
        await _other.GetAsync("fence", Text, Token);
        await _other.GetAsync("fence", Text, Token);
    }
}
