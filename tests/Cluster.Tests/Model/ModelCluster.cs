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
        _world.AddClients(View.Of(new Placement(keys, contender, [.. Enumerable.Range(0, scale.Servers)]), spares: null), replaysDeletes: false);
        _client = _world.Clients[0];
    }

    public Task ReadAsync(int rank) => Finish(() => _client.Read(rank));

    public Task DeleteAsync(int rank) => Finish(() => _client.Delete(rank));

    public void Fail(params int[] servers) => Array.ForEach(servers, server => _client.LinkTo(server).Disable());

    public void Return(params int[] servers) => Array.ForEach(servers, server => _client.LinkTo(server).Enable());

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
