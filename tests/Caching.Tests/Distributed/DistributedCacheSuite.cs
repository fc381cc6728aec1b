using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Distributed;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>What any <see cref="IBufferDistributedCache"/> has to do, after Microsoft's tests for those that others write.</summary>
public abstract class DistributedCacheSuite
{
    private static readonly DistributedCacheEntryOptions FiveMinutes = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) };

    protected abstract IBufferDistributedCache Cache { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Lengths => [0, 1, 128, 1024, 16 * 1024, 300_000];

    public static TheoryData<int, SequenceKind> Sequences =>
    [
        .. from length in new[] { 0, 128, 1024, 16 * 1024, 300_000 }
           from kind in Enum.GetValues<SequenceKind>()
           select (length, kind),
    ];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Arrays_come_back(int length)
    {
        var key = Key($"{length}");
        Cache.Remove(key);
        Assert.Null(Cache.Get(key));
        var value = RandomSequences.Create(SequenceKind.WholeArray, length).ToArray();

        Cache.Set(key, value, FiveMinutes);
        Assert.Equal(value, Cache.Get(key));
        if (TryAdvance(TimeSpan.FromMinutes(4)))
        {
            Assert.Equal(value, Cache.Get(key));
            TryAdvance(TimeSpan.FromMinutes(2));
            Assert.Null(Cache.Get(key));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Arrays_come_back_async(int length)
    {
        var key = Key($"{length}");
        await Cache.RemoveAsync(key, Token);
        Assert.Null(await Cache.GetAsync(key, Token));
        var value = RandomSequences.Create(SequenceKind.WholeArray, length).ToArray();

        await Cache.SetAsync(key, value, FiveMinutes, Token);
        Assert.Equal(value, await Cache.GetAsync(key, Token));
        if (TryAdvance(TimeSpan.FromMinutes(4)))
        {
            Assert.Equal(value, await Cache.GetAsync(key, Token));
            TryAdvance(TimeSpan.FromMinutes(2));
            Assert.Null(await Cache.GetAsync(key, Token));
        }
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Sequences_come_back(int length, SequenceKind kind)
    {
        var key = Key($"{length}/{kind}");
        var value = RandomSequences.Create(kind, length);
        var expected = value.ToArray();
        var buffer = new ArrayBufferWriter<byte>();
        Assert.False(Cache.TryGet(key, buffer));

        Cache.Set(key, value, FiveMinutes);
        Assert.True(Cache.TryGet(key, buffer));
        Assert.Equal(expected, buffer.WrittenSpan.ToArray());
        Assert.Equal(expected, Cache.Get(key));
        if (TryAdvance(TimeSpan.FromMinutes(6)))
        {
            buffer.ResetWrittenCount();
            Assert.False(Cache.TryGet(key, buffer));
            Assert.Equal(0, buffer.WrittenCount);
        }
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public async Task Sequences_come_back_async(int length, SequenceKind kind)
    {
        var key = Key($"{length}/{kind}");
        var value = RandomSequences.Create(kind, length);
        var expected = value.ToArray();
        var buffer = new ArrayBufferWriter<byte>();
        Assert.False(await Cache.TryGetAsync(key, buffer, Token));

        await Cache.SetAsync(key, value, FiveMinutes, Token);
        Assert.True(await Cache.TryGetAsync(key, buffer, Token));
        Assert.Equal(expected, buffer.WrittenSpan.ToArray());
        Assert.Equal(expected, await Cache.GetAsync(key, Token));
        if (TryAdvance(TimeSpan.FromMinutes(6)))
        {
            buffer.ResetWrittenCount();
            Assert.False(await Cache.TryGetAsync(key, buffer, Token));
            Assert.Equal(0, buffer.WrittenCount);
        }
    }

    // The caller gives its buffer back to a pool when the call has ended.
    [Fact]
    public async Task A_buffer_can_be_used_again_when_it_has_been_stored()
    {
        var bytes = new byte[1000];
        bytes.AsSpan().Fill(1);
        await Cache.SetAsync(Key(), new ReadOnlySequence<byte>(bytes), FiveMinutes, Token);
        bytes.AsSpan().Fill(2);

        Assert.All((await Cache.GetAsync(Key(), Token))!, value => Assert.Equal(1, value));
    }

    [Fact]
    public void The_last_value_counts_and_a_removed_one_is_gone()
    {
        Assert.Null(Cache.Get(Key()));
        Cache.Set(Key(), [1], new DistributedCacheEntryOptions());
        Cache.Set(Key(), [2, 3], new DistributedCacheEntryOptions());
        Assert.Equal([2, 3], Cache.Get(Key())!);
        Cache.Remove(Key());
        Assert.Null(Cache.Get(Key()));
        Cache.Remove(Key());
    }

    [Fact]
    public void Keys_differ_by_case()
    {
        Cache.Set(Key("myKey"), [1], new DistributedCacheEntryOptions());
        Assert.Null(Cache.Get(Key("Mykey")));
        Assert.NotNull(Cache.Get(Key("myKey")));
    }

    [Fact]
    public async Task Refreshing_what_is_not_there_does_nothing()
    {
        Cache.Refresh(Key());
        await Cache.RefreshAsync(Key(), Token);
        Assert.Null(Cache.Get(Key()));
    }

    [Fact]
    public async Task A_sliding_value_comes_back_and_can_be_refreshed()
    {
        var sliding = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };
        Cache.Set(Key(), [1, 2, 3], sliding);
        await Cache.RefreshAsync(Key(), Token);
        Cache.Refresh(Key());
        Assert.Equal([1, 2, 3], Cache.Get(Key())!);

        sliding.AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1);
        Cache.Set(Key(), [], sliding);
        Cache.Refresh(Key());
        Assert.Empty((await Cache.GetAsync(Key(), Token))!);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_does_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.SetAsync(Key(), [1], new DistributedCacheEntryOptions(), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.GetAsync(Key(), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.RefreshAsync(Key(), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.RemoveAsync(Key(), cancelled.Token));
        Assert.Null(Cache.Get(Key()));
    }

    /// <summary>Lets time pass.</summary>
    /// <returns>False where the server's clock is real.</returns>
    protected virtual bool TryAdvance(TimeSpan time) => false;

    private string Key(string name = "k", [CallerMemberName] string test = "") => $"{GetType().Name}:{test}:{name}";
}
