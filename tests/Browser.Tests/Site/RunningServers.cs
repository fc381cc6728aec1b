using System.Net;
using TypedCache.Embedded;

namespace TypedCache.Browser.Tests;

/// <summary>Embedded servers on loopback ports, which can be stopped and started again.</summary>
public sealed class RunningServers : IDisposable
{
    private readonly List<EmbeddedServer?> _servers = [];
    private readonly List<IPEndPoint> _places = [];

    public RunningServers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var server = new EmbeddedServer();
            _servers.Add(server);
            _places.Add(server.Listen(new IPEndPoint(IPAddress.Loopback, 0)));
        }
    }

    public int Count => _places.Count;

    public IEnumerable<MemcachedServerOptions> Options => _places.Select(static place => new MemcachedServerOptions("127.0.0.1", place.Port));

    public string NameOf(int index) => $"127.0.0.1:{_places[index].Port}";

    public MemcachedPool Connect(Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions { RetryInterval = TimeSpan.FromMilliseconds(200) };
        configure?.Invoke(options);
        foreach (var server in Options)
        {
            options.Servers.Add(server);
        }

        return MemcachedPool.Connect(options);
    }

    public void Stop(int index)
    {
        _servers[index]?.Dispose();
        _servers[index] = null;
    }

    public void Start(int index)
    {
        var server = new EmbeddedServer();
        server.Listen(_places[index]);
        _servers[index] = server;
    }

    public void Dispose() => _servers.ForEach(static server => server?.Dispose());
}
