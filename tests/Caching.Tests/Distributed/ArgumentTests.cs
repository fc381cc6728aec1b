using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>Arguments that are missing, by the names of Microsoft's parameters.</summary>
public sealed class ArgumentTests : IDisposable
{
    private static readonly DistributedCacheEntryOptions Forever = new();

    private readonly SharedServers _servers = new();
    private readonly TypedCacheDistributedCache _cache;

    public ArgumentTests() => _cache = _servers.JoinCache();

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task A_missing_argument_is_named()
    {
        var bytes = new ReadOnlySequence<byte>([1]);
        var buffer = new ArrayBufferWriter<byte>();
        Check("key", () => _cache.Get(null!));
        Check("key", () => _cache.TryGet(null!, buffer));
        Check("key", () => _cache.Set(null!, [1], Forever));
        Check("key", () => _cache.Set(null!, bytes, Forever));
        Check("key", () => _cache.Refresh(null!));
        Check("key", () => _cache.Remove(null!));
        await CheckAsync("key", () => _cache.GetAsync(null!, default));
        await CheckAsync("key", () => _cache.TryGetAsync(null!, buffer, default).AsTask());
        await CheckAsync("key", () => _cache.SetAsync(null!, [1], Forever, default));
        await CheckAsync("key", () => _cache.SetAsync(null!, bytes, Forever, default).AsTask());
        await CheckAsync("key", () => _cache.RefreshAsync(null!, default));
        await CheckAsync("key", () => _cache.RemoveAsync(null!, default));
        Check("value", () => _cache.Set("k", null!, Forever));
        await CheckAsync("value", () => _cache.SetAsync("k", null!, Forever, default));
        Check("options", () => _cache.Set("k", [1], null!));
        Check("options", () => _cache.Set("k", bytes, null!));
        await CheckAsync("options", () => _cache.SetAsync("k", [1], null!, default));
        await CheckAsync("options", () => _cache.SetAsync("k", bytes, null!, default).AsTask());
        Check("destination", () => _cache.TryGet("k", null!));
        await CheckAsync("destination", () => _cache.TryGetAsync("k", null!, default).AsTask());
        Check("pool", () => _ = new TypedCacheDistributedCache(null!));
    }

    [Fact]
    public void A_missing_setting_is_named()
    {
        Assert.Contains("InstanceName", Assert.Throws<ArgumentException>(() => _servers.JoinCache(configure: options => options.InstanceName = null!)).Message, StringComparison.Ordinal);
        Assert.Contains("TimeProvider", Assert.Throws<ArgumentException>(() => _servers.JoinCache(configure: options => options.TimeProvider = null!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_name_that_leaves_no_room_is_refused()
    {
        _servers.JoinCache(configure: options => options.InstanceName = new string('x', 216)).Get(new string('k', 100));
        foreach (var length in new[] { 217, 300 })
        {
            var refused = Assert.Throws<ArgumentException>(() => _servers.JoinCache(configure: options => options.InstanceName = new string('x', length)));
            Assert.Contains("InstanceName", refused.Message, StringComparison.Ordinal);
        }
    }

    private static async Task CheckAsync(string name, Func<Task> call) => Assert.Equal(name, (await Assert.ThrowsAsync<ArgumentNullException>(call)).ParamName);

    private static void Check(string name, Action call) => Assert.Equal(name, Assert.Throws<ArgumentNullException>(call).ParamName);
}
