using System.Net;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;
using TypedCache.Tests.Creation;
using TypedCache.Tests.Pool;
using TypedCache.Tests.Pool.Zones;

namespace TypedCache.Tests.Tags;

/// <summary>Tags where values have copies, are in zones, or move.</summary>
public sealed class TagPlacesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Func<CancellationToken, ValueTask<string>> Never => static _ => throw new InvalidOperationException("nothing was to be created");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_one_zone_invalidates_is_created_anew_in_all(bool mayBeStale)
    {
        await using var servers = new ZoneServers(zones: 2, serversInEach: 2);
        var options = mayBeStale ? TagClient.Stale : TagClient.NoStale;
        TagClient[] clients = [.. servers.Zones.Select(zone => new TagClient(servers.Connect(zone), options))];
        for (var i = 0; i < 12; i++)
        {
            var (one, other) = (clients[i % 2], clients[(i + 1) % 2]);
            var (key, tag) = ($"k{i}", $"~t:{i}");
            Assert.Equal("old", await one.GetOrCreateAsync(key, "old", tag));
            Assert.Equal("old", await other.GetOrCreateAsync(key, Never, tag));
            await other.InvalidateAsync(tag);
            Assert.Equal((null, null), (await one.GetAsync(key, tag), await other.GetAsync(key, tag)));
            var current = "new";
            foreach (var client in new[] { one, other })
            {
                var value = await client.GetOrCreateAsync(key, CreateAsync, tag);
                Assert.True(value == "new" || mayBeStale);
            }

            await Fleet.UntilAsync(() => one.Pool.WaitingForCreation + other.Pool.WaitingForCreation == 0);
            await CreatedAsync(one, key, tag, "new", CreateAsync);
            await CreatedAsync(other, key, tag, "new", CreateAsync);

            // A refresh that was asked for before may begin only now; then it is as good as a create of the call.
            current = "newest";
            await one.RemoveAsync(tag);
            Assert.Equal("newest", await other.GetOrCreateAsync(key, CreateAsync, tag));
            Assert.Equal("newest", await one.GetOrCreateAsync(key, CreateAsync, tag));

            ValueTask<string> CreateAsync(CancellationToken token) => ValueTask.FromResult(current);
        }
    }

    [Fact]
    public async Task A_copy_of_a_tag_brings_no_old_value_back_when_its_server_fails()
    {
        using var servers = new SharedServers(3);
        var client = new TagClient(servers.Connect(new MemcachedPoolOptions { Redundancy = 2, MaxFailoverAttempts = 200, OperationTimeout = Patience, ConnectTimeout = Patience }));
        await client.SetAsync("k", "old", "~t:a");
        Assert.Equal("old", await client.GetAsync("k", "~t:a"));
        await client.InvalidateAsync("~t:a");
        var home = client.Pool.FindServer("~t:a")!;
        servers.Stop(client.Pool.Servers.ToList().IndexOf(home));
        await Fleet.UntilAsync(() =>
        {
            _ = client.Pool.GetVersionsAsync(Token).AsTask();
            return home.State == ServerState.Failed;
        });
        Assert.Null(await client.GetAsync("k", "~t:a"));
        Assert.Equal("new", await client.GetOrCreateAsync("k", "new", "~t:a"));
        Assert.Equal("new", await client.GetAsync("k", "~t:a"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Values_and_tags_move_together_and_nothing_old_does(bool mayBeStale)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        using var former = new EmbeddedServer();
        using var next = new EmbeddedServer();
        MemcachedServerOptions[] places = [.. new[] { former, next }.Select(server => new MemcachedServerOptions("127.0.0.1", server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port))];
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { TimeProvider = time, Servers = { places[0] }, OperationTimeout = Patience, ConnectTimeout = Patience });
        var client = new TagClient(pool, mayBeStale ? TagClient.Stale : TagClient.NoStale);
        for (var i = 0; i < 4; i++)
        {
            await client.SetAsync($"k{i}", "old", $"~t:{i}");
        }

        var warm = new ServerChangeOptions { Prepare = TimeSpan.FromMinutes(1), WarmUp = TimeSpan.FromMinutes(10), CleanUp = TimeSpan.FromHours(1) };
        _ = pool.UpdateServersAsync([places[1]], warm, Token).AsTask();
        await client.InvalidateAsync("~t:1");
        Assert.Null(await client.GetAsync("k1", "~t:1"));
        time.Advance(TimeSpan.FromMinutes(1));
        await Fleet.UntilAsync(() => pool.MovePhase == ServerMovePhase.WarmUp);

        Assert.Equal("old", await PassAsync(time, client.GetAsync("k0", "~t:0")));
        Assert.Equal("old", await PassAsync(time, client.GetOrCreateAsync("k0", Never, "~t:0")));
        Assert.Null(await PassAsync(time, client.GetAsync("k1", "~t:1")));
        await client.InvalidateAsync("~t:2");
        Assert.Null(await PassAsync(time, client.GetAsync("k2", "~t:2")));
        var created = await PassAsync(time, client.GetOrCreateAsync("k2", "new", "~t:2"));
        Assert.True(created == "new" || mayBeStale);
        await PassAsync(time, Value(CreatedAsync(client, "k2", "~t:2", "new")));
        await client.RemoveAsync("~t:3");
        Assert.Equal("new", await PassAsync(time, client.GetOrCreateAsync("k3", "new", "~t:3")));
        Assert.Equal("new", await PassAsync(time, client.GetOrCreateAsync("k3", Never, "~t:3")));
    }

    // Whoever meets a value that is just being copied waits by the pool's clock.
    private static async Task<T> PassAsync<T>(FakeTimeProvider time, ValueTask<T> call)
    {
        var task = call.AsTask();
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(1, Token);
        }

        return await task;
    }

    private static async ValueTask<bool> Value(Task task)
    {
        await task;
        return true;
    }

    private static async Task CreatedAsync(TagClient client, string key, string tag, string value, Func<CancellationToken, ValueTask<string>>? create = null)
    {
        for (var waited = 0; await client.GetOrCreateAsync(key, create ?? (_ => ValueTask.FromResult(value)), tag) != value; waited++)
        {
            Assert.True(waited < Patience.TotalMilliseconds, "the value was not refreshed");
            await Task.Delay(1, Token);
        }
    }
}
