using TypedCache.Integration.Tests.External;
using TypedCache.Interop.Tests.Php;

namespace TypedCache.Interop.Tests;

/// <summary>Five memcached servers of different weights, a PHP application and a .NET pool on them.</summary>
public sealed class SharedCluster : IDisposable
{
    private static readonly int[] Weights = [1, 3, 2, 1, 4];
    private readonly MemcachedProcess[] _processes;

    public SharedCluster(PhpSetup setup)
    {
        _processes = [.. Weights.Select(_ => MemcachedProcess.Start("-m", "64"))];
        var options = setup.CreateOptions();
        for (var i = 0; i < Weights.Length; i++)
        {
            options.Servers.Add(new MemcachedServerOptions("127.0.0.1", _processes[i].Port, Weights[i]));
        }

        Pool = MemcachedPool.Connect(options);
        Shop = Pool.CreateClient<IShopCache>();
        Php = PhpClient.Start(setup, options.Servers);
    }

    public MemcachedPool Pool { get; }

    public IShopCache Shop { get; }

    public PhpClient Php { get; }

    /// <summary>The servers for libmemcached's own tools.</summary>
    public string Addresses => string.Join(',', _processes.Select(process => process.Address));

    public void Stop(int index) => _processes[index].Kill();

    public void Dispose()
    {
        Php.Dispose();
        Pool.Dispose();
        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }
}
