using TypedCache.Values;

namespace TypedCache.Tests.Near;

/// <summary>What an index finds by arguments is what the near cache would give out by the key.</summary>
public sealed class NearIndexTests : IDisposable
{
    private static readonly NearOptions TwoSeconds = new() { Duration = TimeSpan.FromSeconds(2), Revalidate = TimeSpan.FromMinutes(5), SharesValues = true };
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;

    private readonly NearPools _pools = new();
    private readonly NearIndex<int, string> _index;

    public NearIndexTests() => _index = new NearIndex<int, string>(_pools.Pool, Text, TwoSeconds);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _pools.Dispose();

    [Fact]
    public async Task A_near_value_is_found_once_it_has_been_learned()
    {
        await _pools.Pool.SetAsync("k1", "v1", Text, cancellationToken: Token);
        _index.Learn(1, "k1"u8);
        Assert.Null(Take(1));
        await ReadAsync(1);
        Assert.Equal("v1", Take(1));
        Assert.Null(Take(2));
    }

    [Fact]
    public async Task It_ends_with_its_time_and_begins_anew_when_the_server_has_said_that_it_has_not_changed()
    {
        await StoreAsync(1, "v1");
        _pools.Advance(2);
        Assert.Null(Take(1));

        await _pools.Pool.GetAsync("k1", Text, TwoSeconds, Token);
        Assert.Equal("v1", Take(1));
    }

    [Fact]
    public async Task A_write_of_this_process_takes_it_out_at_once()
    {
        await StoreAsync(1, "v1");
        var write = _pools.Pool.SetAsync("k1", "v2", Text, cancellationToken: Token);
        Assert.Null(Take(1));
        await write;
        Assert.Null(Take(1));

        await ReadAsync(1);
        Assert.Equal("v2", Take(1));
    }

    [Fact]
    public async Task Nothing_is_found_that_the_near_cache_has_forgotten()
    {
        await StoreAsync(1, "v1");
        _pools.Pool.ClearNear();

        Assert.Null(Take(1));
    }

    [Fact]
    public async Task What_the_near_cache_has_pushed_out_is_kept_by_nobody()
    {
        var pool = _pools.Join(options => options.MaxNearBytes = 100_000);
        var index = new NearIndex<int, string>(pool, Text, TwoSeconds);
        for (var i = 0; i < 2000; i++)
        {
            await pool.SetAsync($"k{i}", $"value {i}", Text, cancellationToken: Token);
            await pool.GetAsync($"k{i}", Text, TwoSeconds, Token);
            index.Learn(i, System.Text.Encoding.UTF8.GetBytes($"k{i}"));
        }

        var found = Enumerable.Range(0, 2000).Count(i => index.TryTake(i, Token, out var value) && value == $"value {i}");
        Assert.InRange(found, 1, 500);
    }

    [Fact]
    public async Task Arguments_that_share_a_place_are_told_apart()
    {
        var index = new NearIndex<Same, string>(_pools.Pool, Text, TwoSeconds);
        for (var i = 0; i < 5; i++)
        {
            await _pools.Pool.SetAsync($"k{i}", $"v{i}", Text, cancellationToken: Token);
            await _pools.Pool.GetAsync($"k{i}", Text, TwoSeconds, Token);
            index.Learn(new Same(i), System.Text.Encoding.UTF8.GetBytes($"k{i}"));
        }

        var found = Enumerable.Range(0, 5).Where(i => index.TryTake(new Same(i), Token, out var value) && value == $"v{i}").ToList();
        Assert.Equal([3, 4], found);
    }

    [Fact]
    public async Task Two_indexes_of_one_value_both_give_it_out_in_turn()
    {
        await StoreAsync(1, "v1");
        var other = new NearIndex<int, string>(_pools.Pool, Text, TwoSeconds);
        other.Learn(1, "k1"u8);
        Assert.True(other.TryTake(1, Token, out var value) && value == "v1");
        Assert.Null(Take(1));
        _index.Learn(1, "k1"u8);
        Assert.Equal("v1", Take(1));
        await _pools.Pool.DeleteAsync("k1", Token);

        Assert.Null(Take(1));
        Assert.False(other.TryTake(1, Token, out _));
    }

    [Fact]
    public async Task A_cancelled_call_and_a_disposed_pool_go_the_longer_way()
    {
        await StoreAsync(1, "v1");
        Assert.False(_index.TryTake(1, new CancellationToken(canceled: true), out _));
        await _pools.Pool.DisposeAsync();

        Assert.False(_index.TryTake(1, Token, out _));
    }

    [Fact]
    public async Task It_allocates_nothing()
    {
        await StoreAsync(1, "v1");
        TakeOften();
        var before = GC.GetAllocatedBytesForCurrentThread();
        TakeOften();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // Whatever happens at the same time, nobody gets another key's value, and nothing that was replaced before the call.
    [Fact]
    public async Task Readers_beside_writers_get_only_what_is_current()
    {
        const int Keys = 8;
        var versions = new int[Keys];
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(
            async () =>
            {
                for (var i = 0; !done.IsCancellationRequested; i = (i + 1) % Keys)
                {
                    var floor = Volatile.Read(ref versions[i]);
                    var key = System.Text.Encoding.UTF8.GetBytes($"k{i}");
                    if (!_index.TryTake(i, CancellationToken.None, out var value))
                    {
                        _index.Learn(i, key);
                        value = await _pools.Pool.GetAsync(key, Text, TwoSeconds);
                    }

                    if (value is not null)
                    {
                        var parts = value.Split(' ');
                        Assert.Equal($"{i}", parts[0]);
                        Assert.True(int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) >= floor, $"{value} is older than {floor}");
                    }
                }
            },
            Token)).ToList();

        for (var version = 1; version <= 3000; version++)
        {
            await _pools.Pool.SetAsync($"k{version % Keys}", $"{version % Keys} {version}", Text, cancellationToken: Token);
            Volatile.Write(ref versions[version % Keys], version);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    private async Task StoreAsync(int id, string value)
    {
        await _pools.Pool.SetAsync($"k{id}", value, Text, cancellationToken: Token);
        await ReadAsync(id);
    }

    private async Task ReadAsync(int id)
    {
        await _pools.Pool.GetAsync($"k{id}", Text, TwoSeconds, Token);
        _index.Learn(id, System.Text.Encoding.UTF8.GetBytes($"k{id}"));
    }

    private string? Take(int id) => _index.TryTake(id, Token, out var value) ? value : null;

    private void TakeOften()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.True(_index.TryTake(1, CancellationToken.None, out _));
        }
    }

    private readonly record struct Same(int Id)
    {
        public override int GetHashCode() => 7;
    }
}
