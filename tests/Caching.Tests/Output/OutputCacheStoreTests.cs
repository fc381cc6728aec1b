using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using TypedCache.AspNetCore;
using TypedCache.Caching.Tests.Distributed;
using TypedCache.Values;

namespace TypedCache.Caching.Tests.Output;

/// <summary>Responses and their tags, after Microsoft's tests of the store over Redis.</summary>
public sealed class OutputCacheStoreTests : IDisposable
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);

    private readonly SharedServers _servers = new(2);
    private readonly MemcachedPool _pool;
    private readonly LogLines _log = new();
    private readonly TypedCacheOutputCacheStore _store;
    private readonly TypedCacheOutputCacheStore _other;

    public OutputCacheStoreTests()
    {
        _pool = _servers.Join();
        _store = new TypedCacheOutputCacheStore(_pool, Strict, _log.For<TypedCacheOutputCacheStore>());
        _other = new TypedCacheOutputCacheStore(_servers.Join(MemcachedProtocol.Classic), Strict);
    }

    private static TypedCacheOutputCacheOptions Strict => new() { TagNear = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task A_missing_response_is_a_miss_and_writes_nothing()
    {
        Assert.Null(await _store.GetAsync("missing", Token));
        Assert.Null(await ReadPipeAsync(_store, "missing"));
    }

    [Theory]
    [InlineData(0, SequenceKind.WholeArray)]
    [InlineData(1017, SequenceKind.WholeArray)]
    [InlineData(1290, SequenceKind.Pieces)]
    [InlineData(500_000, SequenceKind.Pieces)]
    public async Task Responses_come_back_with_tags_and_without(int length, SequenceKind kind)
    {
        var value = RandomSequences.Create(kind, length);
        var expected = value.ToArray();
        foreach (var tags in new string[][] { [], ["a"], ["a", "b", "a", ""] })
        {
            await _store.SetAsync("sequence", value, tags, HalfMinute, Token);
            await _store.SetAsync("array", expected, tags, HalfMinute, Token);
            foreach (var store in new[] { _store, _other })
            {
                Assert.Equal(expected, await store.GetAsync("sequence", Token));
                Assert.Equal(expected, await store.GetAsync("array", Token));
                Assert.Equal(expected, await ReadPipeAsync(store, "sequence"));
            }
        }

        await _store.SetAsync("none", expected, null, HalfMinute, Token);
        Assert.Equal(expected, await _other.GetAsync("none", Token));
    }

    [Fact]
    public async Task Responses_end_after_their_time()
    {
        await _store.SetAsync("k", [1], ["a"], HalfMinute, Token);
        _servers.Advance(29.9);
        Assert.NotNull(await _store.GetAsync("k", Token));
        _servers.Advance(2);
        Assert.Null(await _store.GetAsync("k", Token));

        await _store.SetAsync("k", [1], ["a"], TimeSpan.Zero, Token);
        Assert.Null(await _store.GetAsync("k", Token));
    }

    [Fact]
    public async Task Evicting_by_a_tag_invalidates_its_responses_everywhere_and_no_others()
    {
        await _store.SetAsync("none", [0], null, HalfMinute, Token);
        await _store.SetAsync("foo", [1], ["foo"], HalfMinute, Token);
        await _store.SetAsync("bar", [2], ["bar"], HalfMinute, Token);
        await _store.SetAsync("both", [3], ["foo", "bar"], HalfMinute, Token);
        await CheckAsync("none", "foo", "bar", "both");

        await _other.EvictByTagAsync("foo", Token);
        await CheckAsync("none", "bar");
        await _other.EvictByTagAsync("foo", Token);
        await CheckAsync("none", "bar");

        // It was missing before the eviction, so it may have been rendered before.
        await _store.SetAsync("foo", [4], ["foo"], HalfMinute, Token);
        await CheckAsync("none", "bar");
        await _store.SetAsync("foo", [4], ["foo"], HalfMinute, Token);
        await CheckAsync("none", "foo", "bar");

        await _store.EvictByTagAsync("bar", Token);
        await CheckAsync("none", "foo");
        await _store.EvictByTagAsync("never used", Token);
        await CheckAsync("none", "foo");
    }

    // Counters that are lost must not come back with a version that a response has.
    [Theory]
    [InlineData("read")]
    [InlineData("another response")]
    [InlineData("eviction")]
    public async Task A_tag_that_memcached_has_lost_invalidates_its_responses_for_ever(string next)
    {
        await _store.SetAsync("old", [1], ["t"], HalfMinute, Token);
        await _store.EvictByTagAsync("t", Token);
        await _store.SetAsync("k", [1], ["t"], HalfMinute, Token);
        Assert.NotNull(await _store.GetAsync("k", Token));
        Assert.True(await _pool.DeleteAsync("oc:tag:t", Token));
        switch (next)
        {
            case "another response":
                await _store.SetAsync("other", [2], ["t"], HalfMinute, Token);
                Assert.NotNull(await _other.GetAsync("other", Token));
                break;
            case "eviction":
                await _store.EvictByTagAsync("t", Token);
                break;
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await _store.GetAsync("k", Token));
            Assert.Null(await _other.GetAsync("k", Token));
            Assert.Null(await _other.GetAsync("old", Token));
            await _store.EvictByTagAsync("t", Token);
        }
    }

    [Fact]
    public async Task A_version_that_is_no_number_invalidates()
    {
        await _store.SetAsync("k", [1], ["t"], HalfMinute, Token);
        await _pool.SetAsync("oc:tag:t", "text", CacheCodecs.String, cancellationToken: Token);
        Assert.Null(await _store.GetAsync("k", Token));
    }

    // A wrong page for a wrong user is the worst failure.
    [Fact]
    public async Task The_response_to_another_key_is_never_returned()
    {
        var key = "GET\u001ehttps://example.org/" + new string('p', 2000);
        await _store.SetAsync(key + "1", [1], ["t"], HalfMinute, Token);
        await _store.SetAsync(key + "2", [2], ["t"], HalfMinute, Token);
        Assert.Equal([1], (await _store.GetAsync(key + "1", Token))!);
        Assert.Equal([2], (await _store.GetAsync(key + "2", Token))!);

        // As if the keys of two requests had the same hash.
        await _store.SetAsync("mine", [1], null, HalfMinute, Token);
        var stored = await _pool.GetItemAsync("oc:response:mine", 0, static (in StoredItem item, int _) => (Bytes: item.Payload.ToArray(), item.Info.Flags), Token);
        await _pool.SetItemAsync("oc:response:his", stored.Value.Bytes, static (output, bytes) => output.Write(bytes), stored.Value.Flags, cancellationToken: Token);
        Assert.Null(await _store.GetAsync("his", Token));
        Assert.Null(await ReadPipeAsync(_store, "his"));
    }

    [Fact]
    public async Task Damaged_responses_are_misses()
    {
        await _store.SetAsync("k", [1, 2, 3], ["a", "b"], HalfMinute, Token);
        var (stored, flags) = (await _pool.GetItemAsync("oc:response:k", 0, static (in StoredItem item, int _) => (item.Payload.ToArray(), item.Info.Flags), Token)).Value;
        for (var length = 0; length <= sizeof(int) + sizeof(char); length++)
        {
            await _pool.SetItemAsync("oc:response:k", stored[..length], static (output, bytes) => output.Write(bytes), flags, cancellationToken: Token);
            Assert.Null(await _store.GetAsync("k", Token));
        }

        // Within the key, its length, and the numbers of tags.
        foreach (var at in new[] { 0, 1, 2, 3, 4, 5, stored.Length - 2, stored.Length - 1 })
        {
            var damaged = stored.ToArray();
            damaged[at] ^= 0xC0;
            await _pool.SetItemAsync("oc:response:k", damaged, static (output, bytes) => output.Write(bytes), flags, cancellationToken: Token);
            Assert.Null(await _store.GetAsync("k", Token));
        }

        await _pool.SetItemAsync("oc:response:k", stored, static (output, bytes) => output.Write(bytes), 0, cancellationToken: Token);
        Assert.Null(await _store.GetAsync("k", Token));
        await _pool.SetItemAsync("oc:response:k", stored, static (output, bytes) => output.Write(bytes), flags, cancellationToken: Token);
        Assert.Equal([1, 2, 3], (await _store.GetAsync("k", Token))!);
    }

    [Fact]
    public async Task Responses_that_are_too_large_are_skipped_and_the_old_one_is_gone()
    {
        await _store.SetAsync("k", [1], ["t"], HalfMinute, Token);
        await _store.SetAsync("k", new byte[2_000_000], ["t"], HalfMinute, Token);
        Assert.Null(await _store.GetAsync("k", Token));
        await _store.SetAsync("k", new byte[2_000_000], ["t"], HalfMinute, Token);
        Assert.Single(_log.Of(LogLevel.Warning));

        var small = new TypedCacheOutputCacheStore(_servers.Join(configure: options => options.MaxValueLength = 1000));
        await small.SetAsync("k", [1], null, HalfMinute, Token);
        await small.SetAsync("k", new byte[1000], null, HalfMinute, Token);
        Assert.Null(await small.GetAsync("k", Token));
    }

    // The middleware takes its arrays back when the call has ended.
    [Fact]
    public async Task Rented_arrays_are_used_only_during_the_call()
    {
        var tags = new[] { "a", "b" };
        var bytes = new byte[] { 1, 2, 3 };
        await _store.SetAsync("k", new ReadOnlySequence<byte>(bytes), tags, HalfMinute, Token);
        Array.Clear(tags);
        Array.Clear(bytes);
        Assert.Equal([1, 2, 3], (await _store.GetAsync("k", Token))!);
        await _store.EvictByTagAsync("b", Token);
        Assert.Null(await _store.GetAsync("k", Token));
    }

    [Fact]
    public async Task Versions_of_tags_are_kept_for_TagNear()
    {
        var near = new TypedCacheOutputCacheStore(_pool);
        await _other.SetAsync("k", [1], ["a", "b"], HalfMinute, Token);
        Assert.Equal(3, await CountAsync());
        Assert.Equal(1, await CountAsync());
        await _other.EvictByTagAsync("b", Token);
        _servers.Advance(1);
        Assert.Null(await near.GetAsync("k", Token));

        // What it evicts itself is gone at once.
        await _other.SetAsync("k", [1], ["a", "b"], HalfMinute, Token);
        Assert.NotNull(await near.GetAsync("k", Token));
        await near.EvictByTagAsync("a", Token);
        Assert.Null(await near.GetAsync("k", Token));

        async Task<long> CountAsync()
        {
            var before = await _pool.CountAsync("cmd_get");
            Assert.NotNull(await near.GetAsync("k", Token));
            return await _pool.CountAsync("cmd_get") - before;
        }
    }

    // A response is rendered after it was missing, and its tags may be known only when it is stored.
    [Theory]
    [InlineData(false, "a", false)]
    [InlineData(false, "c", false)]
    [InlineData(true, "a", false)]
    [InlineData(true, "c", true)]
    public async Task A_response_that_is_rendered_while_a_tag_is_evicted_is_not_served(bool areTagsKnown, string evicted, bool isServed)
    {
        if (areTagsKnown)
        {
            await _store.SetAsync("k", [1], ["a", "b"], HalfMinute, Token);
            await _other.EvictByTagAsync("a", Token);
        }

        Assert.Null(await _store.GetAsync("k", Token));
        await _other.EvictByTagAsync(evicted, Token);
        await _store.SetAsync("k", [2], ["a", "b"], HalfMinute, Token);
        Assert.Equal(isServed, await _other.GetAsync("k", Token) is not null);
        Assert.Equal(isServed, await _store.GetAsync("k", Token) is not null);
        await _store.SetAsync("k", [3], ["a", "b"], HalfMinute, Token);
        Assert.Equal([3], (await _other.GetAsync("k", Token))!);
    }

    [Fact]
    public async Task A_response_that_comes_with_other_tags_than_the_last_time_is_stored_the_next_time()
    {
        await _store.SetAsync("k", [1], ["a"], HalfMinute, Token);
        await _store.EvictByTagAsync("a", Token);
        foreach (var isStored in (bool[])[false, true])
        {
            Assert.Null(await _store.GetAsync("k", Token));
            await _store.SetAsync("k", [2], ["b"], HalfMinute, Token);
            Assert.Equal(isStored, await _other.GetAsync("k", Token) is not null);
        }
    }

    [Fact]
    public async Task More_than_32_tags_and_a_TagNear_that_makes_no_sense_are_refused()
    {
        string[] tags = [.. Enumerable.Range(0, 33).Select(i => $"t{i}")];
        await _store.SetAsync("k", [1], tags[1..], HalfMinute, Token);
        Assert.NotNull(await _store.GetAsync("k", Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.SetAsync("k", [1], tags, HalfMinute, Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TypedCacheOutputCacheStore(_pool, new TypedCacheOutputCacheOptions { TagNear = TimeSpan.FromMilliseconds(99) }));
    }

    [Fact]
    public async Task Stores_with_different_names_share_nothing()
    {
        var stranger = new TypedCacheOutputCacheStore(_pool, new TypedCacheOutputCacheOptions { InstanceName = "app2:", TagNear = TimeSpan.Zero });
        await _store.SetAsync("k", [1], ["t"], HalfMinute, Token);
        Assert.Null(await stranger.GetAsync("k", Token));
        await stranger.EvictByTagAsync("t", Token);
        Assert.NotNull(await _store.GetAsync("k", Token));
    }

    [Fact]
    public async Task A_failure_is_thrown()
    {
        var store = new TypedCacheOutputCacheStore(_servers.Join(configure: options => options.RetryInterval = Timeout.InfiniteTimeSpan));
        await store.SetAsync("k", [1], ["t"], HalfMinute, Token);
        _servers.Stop();
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await store.GetAsync("k", Token));
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await store.SetAsync("k", [1], ["t"], HalfMinute, Token));
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await store.EvictByTagAsync("t", Token));
    }

    [Fact]
    public async Task Missing_arguments_are_named()
    {
        await Check("key", () => _store.GetAsync(null!, Token).AsTask());
        await Check("key", () => _store.TryGetAsync(null!, new Pipe().Writer, Token).AsTask());
        await Check("destination", () => _store.TryGetAsync("k", null!, Token).AsTask());
        await Check("key", () => _store.SetAsync(null!, [1], null, HalfMinute, Token).AsTask());
        await Check("value", () => _store.SetAsync("k", null!, null, HalfMinute, Token).AsTask());
        await Check("tag", () => _store.EvictByTagAsync(null!, Token).AsTask());

        static async Task Check(string name, Func<Task> call) => Assert.Equal(name, (await Assert.ThrowsAsync<ArgumentNullException>(call)).ParamName);
    }

    private async Task CheckAsync(params string[] valid)
    {
        foreach (var key in new[] { "none", "foo", "bar", "both" })
        {
            Assert.Equal(valid.Contains(key), await _store.GetAsync(key, Token) is not null);
            Assert.Equal(valid.Contains(key), await _other.GetAsync(key, Token) is not null);
            Assert.Equal(valid.Contains(key), await ReadPipeAsync(_store, key) is not null);
        }
    }

    private static async Task<byte[]?> ReadPipeAsync(TypedCacheOutputCacheStore store, string key)
    {
        var pipe = new Pipe();
        var found = await store.TryGetAsync(key, pipe.Writer, Token);
        await pipe.Writer.CompleteAsync();
        var bytes = (await pipe.Reader.ReadAtLeastAsync(int.MaxValue, Token)).Buffer.ToArray();
        Assert.True(found || bytes.Length == 0);
        return found ? bytes : null;
    }
}
