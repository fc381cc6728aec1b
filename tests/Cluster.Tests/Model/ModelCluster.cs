using TypedCache.Benchmarks.Cluster;
using TypedCache.Benchmarks.Cluster.Clients;
using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Cluster.Tests.Model;

/// <summary>The simulator's model of the product: one client of a small world, which calls only when it is told to.</summary>
internal sealed class ModelCluster : IComparedCluster
{
    private readonly World _world;
    private readonly Client _client;
    private readonly Contender _contender;

    public ModelCluster(Contender contender, KeySpace keys, ClusterScale scale, int added)
    {
        _contender = contender;
        _world = new World(scale with { Clients = 1 }, keys, added, spares: 0, seconds: 1, memory: 1024 * 1024);
        _world.AddClients(View.Of(new Placement(keys, contender, [.. Enumerable.Range(0, scale.Servers)]), spares: null), replaysDeletes: true);
        _client = _world.Clients[0];
    }

    private int Created => (int)_world.Series.Creations.Sum();

    public Task ReadAsync(int rank) => Finish(() => _client.Read(rank));

    public async Task<int> ReadTogetherAsync(int rank, int callers)
    {
        var before = Created;
        await Finish(() =>
        {
            for (var caller = 0; caller < callers; caller++)
            {
                _client.Read(rank);
            }
        });
        return Created - before;
    }

    public async Task ReadWhileDeletedAsync(int rank)
    {
        var before = Created;
        _client.Read(rank);
        while (Created == before)
        {
            _world.Queue.RunUntil(_world.Queue.Now + (TimeSpan.TicksPerMillisecond / 10));
        }

        await DeleteAsync(rank);
    }

    public Task DeleteAsync(int rank) => Finish(() => _client.Delete(rank));

    public void Fail(params int[] servers) => Array.ForEach(servers, server => _client.LinkTo(server).Disable());

    public Task ReturnAsync(params int[] servers) => Finish(() => Array.ForEach(servers, server => _client.LinkTo(server).Enable()));

    public Task ChangeServersAsync(IReadOnlyList<int> servers) => Finish(() => _client.View = View.Of(new Placement(_world.Keys, _contender, servers), spares: null));

    public Task<IReadOnlyDictionary<int, ServerTraffic>> ReadTrafficAsync() => Task.FromResult<IReadOnlyDictionary<int, ServerTraffic>>(
        _world.Servers.ToDictionary(server => server.Id, server => new ServerTraffic(server.Reads, server.Fills, server.Deletes)));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A second is longer than any call without a fault takes.
    private Task Finish(Action call)
    {
        call();
        _world.Queue.RunUntil(_world.Queue.Now + TimeSpan.TicksPerSecond);
        return Task.CompletedTask;
    }
}
