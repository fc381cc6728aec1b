using System.Globalization;
using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Topologies;
using TypedCache.Values;

namespace TypedCache.Cluster.Tests.Model;

/// <summary>The product: a pool over embedded servers.</summary>
internal sealed class PoolCluster : IComparedCluster
{
    private static readonly GetOrCreateOptions Options = new() { Expires = CacheExpiry.After(ClusterScale.Expires) };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly MemcachedPool _pool;
    private readonly KeySpace _keys;

    // A server that has failed is not asked; nobody else asks it either.
    private readonly Dictionary<int, ServerTraffic> _traffic = [];

    public PoolCluster(Contender contender, KeySpace keys, int servers)
    {
        _keys = keys;
        var options = new MemcachedPoolOptions { HashStrategy = contender.Strategy, HashFunction = contender.Function };
        foreach (var server in OptionsOf(Enumerable.Range(0, servers)))
        {
            options.Servers.Add(server);
        }

        _pool = MemcachedPool.InMemory(options);
    }

    public async Task ReadAsync(int rank) =>
        await _pool.GetOrCreateAsync(_keys[rank], static _ => new ValueTask<string>("value"), CacheCodecs.String, Options, cancellationToken: TestContext.Current.CancellationToken);

    public async Task<int> ReadTogetherAsync(int rank, int callers)
    {
        var created = 0;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async ValueTask<string> CreateAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref created);
            await release.Task.WaitAsync(cancellationToken);
            return "value";
        }

        var calls = Enumerable.Range(0, callers)
            .Select(_ => _pool.GetOrCreateAsync(_keys[rank], CreateAsync, CacheCodecs.String, Options, cancellationToken: TestContext.Current.CancellationToken).AsTask())
            .ToList();
        release.SetResult();
        await Task.WhenAll(calls);
        return created;
    }

    public async Task ReadWhileDeletedAsync(int rank) => await _pool.GetOrCreateAsync(
        _keys[rank],
        async _ =>
        {
            await DeleteAsync(rank);
            return "value";
        },
        CacheCodecs.String,
        Options,
        cancellationToken: TestContext.Current.CancellationToken);

    public async Task DeleteAsync(int rank) => await _pool.DeleteAsync(_keys[rank], TestContext.Current.CancellationToken);

    public void Fail(params int[] servers) => Find(servers, server => server.Disable());

    // Deletes that they have missed come first, in the background.
    public async Task ReturnAsync(params int[] servers)
    {
        Find(servers, server => server.Enable());
        for (var patience = Patience; _pool.Servers.Any(server => server.State == ServerState.Failed); patience -= Pause)
        {
            Assert.True(patience > TimeSpan.Zero, "A server has not come back.");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    public async Task ChangeServersAsync(IReadOnlyList<int> servers) =>
        await _pool.UpdateServersAsync(OptionsOf(servers), TestContext.Current.CancellationToken);

    public async Task<IReadOnlyDictionary<int, ServerTraffic>> ReadTrafficAsync()
    {
        foreach (var reply in await _pool.GetStatsAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            if (reply.Value is { } statistics)
            {
                long Count(string name) => long.Parse(statistics[name], CultureInfo.InvariantCulture);
                _traffic[NumberOf(reply.Server)] = new ServerTraffic(Count("cmd_get"), Count("cmd_set"), Count("delete_hits") + Count("delete_misses"));
            }
        }

        return _traffic;
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private static IEnumerable<MemcachedServerOptions> OptionsOf(IEnumerable<int> servers) =>
        servers.Select(ServerNames.Of).Select(server => new MemcachedServerOptions(server.Host, server.Port));

    private static int NumberOf(MemcachedServer server) => int.Parse(server.Host.AsSpan(server.Host.IndexOf('-', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture) - 1;

    private void Find(int[] servers, Action<MemcachedServer> change)
    {
        foreach (var server in _pool.Servers.Where(server => servers.Contains(NumberOf(server))))
        {
            change(server);
        }
    }
}
