using TypedCache.Interop.Tests.Php;

namespace TypedCache.Interop.Tests;

/// <summary>Five memcached servers of different weights, a PHP application and a .NET pool on them.</summary>
public sealed class SharedCluster : IDisposable
{
    private readonly FiveServers _servers = new(weighted: true);

    public SharedCluster(PhpSetup setup)
    {
        Pool = _servers.Connect(setup.CreateOptions());
        Shop = Pool.CreateClient<IShopCache>();
        Php = PhpClient.Start(setup, _servers.List);
    }

    public MemcachedPool Pool { get; }

    public IShopCache Shop { get; }

    public PhpClient Php { get; }

    /// <summary>The servers for libmemcached's own tools.</summary>
    public string Addresses => _servers.Addresses;

    public void Stop(int index) => _servers.Stop(index);

    public void Dispose()
    {
        Php.Dispose();
        Pool.Dispose();
        _servers.Dispose();
    }
}
