using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TypedCache.Caching.Tests.SecondLevel;

/// <summary>The cache as second level below Microsoft's <see cref="HybridCache"/>, in several processes.</summary>
public sealed class MicrosoftHybridCacheTests : IDisposable
{
    private readonly SharedServers _servers = new(2);
    private readonly List<ServiceProvider> _nodes = [];
    private readonly LogLines _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _nodes.ForEach(node => node.Dispose());
        _servers.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(900_000)]
    public async Task What_one_process_creates_another_reads(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        var first = Join();
        var second = Join();
        Assert.Equal(bytes, await first.GetOrCreateAsync("bytes", _ => ValueTask.FromResult(bytes), cancellationToken: Token));
        await UntilStoredAsync("bytes");
        Assert.Equal(bytes, await second.GetOrCreateAsync("bytes", Never<byte[]>, cancellationToken: Token));

        var product = new Product(7, new string('p', length / 4), ["a", "b"]);
        Assert.Equal(product.Name, (await first.GetOrCreateAsync("product", _ => ValueTask.FromResult(product), cancellationToken: Token)).Name);
        await UntilStoredAsync("product");
        var read = await second.GetOrCreateAsync("product", Never<Product>, cancellationToken: Token);
        Assert.Equal((product.Id, product.Name), (read.Id, read.Name));
        Assert.Equal(product.Tags, read.Tags);
        Assert.Empty(_log.Of(LogLevel.Warning));
    }

    [Fact]
    public async Task Keys_may_be_long_and_have_any_character_that_it_allows()
    {
        var first = Join();
        var second = Join();
        string[] keys = ["a b", "a%20b", new string('é', 1024), new string('é', 1023) + "x", "日本 語"];
        foreach (var key in keys)
        {
            await first.SetAsync(key, key, cancellationToken: Token);
        }

        foreach (var key in keys)
        {
            Assert.Equal(key, await second.GetOrCreateAsync(key, Never<string>, cancellationToken: Token));
        }
    }

    [Fact]
    public async Task Many_callers_share_one_execution()
    {
        var cache = Join();
        var running = new TaskCompletionSource<string>();
        var executed = 0;
        var calls = Enumerable.Range(0, 20)
            .Select(_ => cache.GetOrCreateAsync(
                "k",
                async _ =>
                {
                    Interlocked.Increment(ref executed);
                    return await running.Task;
                },
                cancellationToken: Token).AsTask())
            .ToList();
        running.SetResult("v");

        Assert.All(await Task.WhenAll(calls), value => Assert.Equal("v", value));
        Assert.Equal(1, executed);
        await UntilStoredAsync("k");
        Assert.Equal("v", await Join().GetOrCreateAsync("k", Never<string>, cancellationToken: Token));
    }

    [Fact]
    public async Task Those_who_cancel_leave_and_the_last_one_gets_the_value()
    {
        var cache = Join();
        var running = new TaskCompletionSource<string>();
        using var leaving = new CancellationTokenSource();
        var left = cache.GetOrCreateAsync("k", async _ => await running.Task, cancellationToken: leaving.Token).AsTask();
        var stays = cache.GetOrCreateAsync("k", async _ => await running.Task, cancellationToken: Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        running.SetResult("v");
        Assert.Equal("v", await stays);
    }

    [Fact]
    public async Task A_removed_value_is_created_again()
    {
        var first = Join();
        await first.SetAsync("k", "v", cancellationToken: Token);
        await first.RemoveAsync("k", Token);
        Assert.Equal("new", await Join().GetOrCreateAsync("k", _ => ValueTask.FromResult("new"), cancellationToken: Token));
    }

    [Fact]
    public async Task A_tag_removed_before_a_process_starts_is_removed_for_it()
    {
        var first = Join();
        await first.SetAsync("tagged", "old", tags: ["t"], cancellationToken: Token);
        await first.SetAsync("other", "old", tags: ["u"], cancellationToken: Token);
        _servers.Advance(1);
        await first.RemoveByTagAsync("t", Token);

        var second = Join();
        Assert.Equal("new", await second.GetOrCreateAsync("tagged", _ => ValueTask.FromResult("new"), tags: ["t"], cancellationToken: Token));
        Assert.Equal("old", await second.GetOrCreateAsync("other", Never<string>, tags: ["u"], cancellationToken: Token));
    }

    [Fact]
    public async Task Values_end_after_their_expiration()
    {
        var options = new HybridCacheEntryOptions { Expiration = TimeSpan.FromMinutes(5) };
        await Join().SetAsync("k", "old", options, cancellationToken: Token);
        _servers.Advance(4 * 60);
        Assert.Equal("old", await Join().GetOrCreateAsync("k", Never<string>, options, cancellationToken: Token));
        _servers.Advance(2 * 60);
        Assert.Equal("new", await Join().GetOrCreateAsync("k", _ => ValueTask.FromResult("new"), options, cancellationToken: Token));
    }

    // Microsoft's own limit of 1 MiB does not count what the value is stored with.
    [Fact]
    public async Task A_value_that_is_too_large_for_memcached_is_returned_and_not_stored()
    {
        var large = new byte[1024 * 1024];
        Assert.Equal(large.Length, (await Join().GetOrCreateAsync("k", _ => ValueTask.FromResult(large), cancellationToken: Token)).Length);
        await Patiently.UntilAsync(() => _log.Of(LogLevel.Warning).Count == 1);
        Assert.Equal([1], (await Join().GetOrCreateAsync("k", _ => ValueTask.FromResult(new byte[] { 1 }), cancellationToken: Token))!);
    }

    [Fact]
    public async Task Without_servers_values_are_created_and_kept_in_the_process()
    {
        var cache = Join();
        Assert.Equal("v", await cache.GetOrCreateAsync("before", _ => ValueTask.FromResult("v"), cancellationToken: Token));
        await Patiently.UntilAsync(() => IsKeptAsync(cache, "before", "v"));
        _servers.Stop();
        Assert.Equal("v", await cache.GetOrCreateAsync("before", Never<string>, cancellationToken: Token));
        Assert.Equal("w", await cache.GetOrCreateAsync("after", _ => ValueTask.FromResult("w"), cancellationToken: Token));

        // What the servers cannot say of its tags it takes for invalidated at that moment.
        await Patiently.UntilAsync(() => IsKeptAsync(cache, "after", "w"), meanwhile: () => _servers.Advance(1));
        await Patiently.UntilAsync(() => _log.Of(LogLevel.Error).Count > 0);
    }

    // Callers get a value before it is kept.
    private static async Task<bool> IsKeptAsync(HybridCache cache, string key, string expected)
    {
        var isCreated = false;
        var value = await cache.GetOrCreateAsync(
            key,
            _ =>
            {
                isCreated = true;
                return ValueTask.FromResult(expected);
            },
            cancellationToken: Token);
        Assert.Equal(expected, value);
        return !isCreated;
    }

    private static ValueTask<T> Never<T>(CancellationToken cancellationToken) => throw new InvalidOperationException("the value is in the cache already");

    // It gives a value to its callers before it stores it.
    private Task UntilStoredAsync(string key)
    {
        var cache = _servers.JoinCache();
        return Patiently.UntilAsync(async () => await cache.GetAsync(key, Token) is not null);
    }

    private HybridCache Join()
    {
        var pool = _servers.Join(configure: options => options.RetryInterval = Timeout.InfiniteTimeSpan);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_servers.Time);
        services.AddLogging(logging => logging.AddProvider(_log));
        services.AddSingleton<IDistributedCache>(_servers.CacheOver(pool, log: _log));
        services.AddHybridCache(options => options.MaximumPayloadBytes = 1024 * 1024);
        var node = services.BuildServiceProvider();
        _nodes.Add(node);
        return node.GetRequiredService<HybridCache>();
    }

    private sealed record Product(int Id, string Name, string[] Tags);
}
