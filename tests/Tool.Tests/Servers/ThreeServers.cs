using System.Text;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Tool.Tests.Servers;

/// <summary>Three real servers for all tests of a collection.</summary>
public sealed class ThreeServers : IDisposable
{
    private readonly MemcachedProcess[] _servers = [.. Enumerable.Range(0, 3).Select(_ => MemcachedProcess.Start("-m", "16"))];

    /// <summary>The servers as <c>--servers</c> takes them.</summary>
    public string List => string.Join(',', _servers.Select(server => server.Address));

    /// <summary>Their addresses.</summary>
    public IReadOnlyList<string> Addresses => [.. _servers.Select(server => server.Address)];

    /// <summary>A pool on them, which is empty.</summary>
    public MemcachedPool ConnectEmpty(MemcachedPoolOptions? options = null)
    {
        // One that is removed by flush_all is listed until somebody asks for it.
        foreach (var server in _servers)
        {
            server.Restart();
        }

        return MemcachedPool.Connect((options ?? new MemcachedPoolOptions()).AddServers(List));
    }

    /// <summary>Sends commands to a server, and gives the first of what it answers.</summary>
    public string Ask(string address, string commands)
    {
        using var socket = _servers.Single(server => server.Address == address).Connect();
        socket.Send(Encoding.Latin1.GetBytes(commands));
        var buffer = new byte[8192];
        return Encoding.Latin1.GetString(buffer, 0, socket.Receive(buffer));
    }

    /// <summary>Waits until each server has so many watchers.</summary>
    public async Task UntilWatchedAsync(CancellationToken cancellationToken)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!Addresses.All(address => Ask(address, "stats\r\n").Contains("STAT log_watchers 1\r\n", StringComparison.Ordinal)))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "The servers are watched.");
            await Task.Delay(20, cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Dispose();
        }
    }
}

/// <summary>The tests that share three servers. They run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OnThreeServers : ICollectionFixture<ThreeServers>
{
    public const string Name = "Three servers";
}
