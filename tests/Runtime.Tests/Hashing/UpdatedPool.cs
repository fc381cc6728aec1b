using TypedCache.Hashing;
using TypedCache.Pool;

namespace TypedCache.Tests.Hashing;

/// <summary>A pool that was made for one list of servers and got another one. It connects to none.</summary>
internal sealed class UpdatedPool : IHashStrategy, IDisposable
{
    private readonly MemcachedPool _pool;

    public UpdatedPool(MemcachedPoolOptions options, HashServer[] first, HashServer[] then)
    {
        options.Servers.Clear();
        foreach (var server in Places(first))
        {
            options.Servers.Add(server);
        }

        _pool = MemcachedPool.Connect(options);

        // The change is there at once; what is awaited is the end of the removed servers.
        Drained = _pool.UpdateServersAsync(Places(then)).AsTask();
    }

    public Task Drained { get; }

    public IReadOnlyList<MemcachedServer> Servers => _pool.Servers;

    public OperationRouter Router => _pool.Router;

    public int Find(ReadOnlySpan<byte> key) => PositionOf(Router.FindHome(key));

    /// <summary>The server that takes a key now; -1: none.</summary>
    public int FindUsable(ReadOnlySpan<byte> key) => PositionOf(Router.Find(key));

    public void Dispose() => _pool.Dispose();

    private int PositionOf(MemcachedServer? server) => server is null ? -1 : Servers.ToList().IndexOf(server);

    private static IEnumerable<MemcachedServerOptions> Places(HashServer[] servers) =>
        servers.Select(server => new MemcachedServerOptions(server.Host, server.Port, server.Weight));
}
