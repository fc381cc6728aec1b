using System.Net;
using TypedCache.Embedded;
using TypedCache.Pool;
using TypedCache.Protocol;

namespace TypedCache.Tests.Pool.Zones;

/// <summary>Embedded servers in zones, and pools in these zones whose links can be cut.</summary>
internal sealed class ZoneServers : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly List<EmbeddedServer> _embedded = [];
    private readonly List<MemcachedPool> _pools = [];
    private readonly Dictionary<int, int> _commands = [];

    public ZoneServers(int zones, int serversInEach, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        Zones = [.. Enumerable.Range(0, zones).Select(static zone => $"{(char)('a' + zone)}")];
        Places = [.. Zones.SelectMany(zone => Enumerable.Range(0, serversInEach).Select(_ => Start(zone)))];
    }

    public string[] Zones { get; }

    public MemcachedServerOptions[] Places { get; }

    /// <summary>Makes a pool in a zone. It ends with the servers.</summary>
    public MemcachedPool Connect(string zone, Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions { Zone = zone, TimeProvider = _time, Servers = [.. Places] };
        configure?.Invoke(options);
        return Remember(MemcachedPool.Connect(options));
    }

    /// <summary>Makes a pool of one server alone, to see what it holds.</summary>
    public MemcachedPool ConnectTo(MemcachedServer server) =>
        Remember(MemcachedPool.Connect(new MemcachedPoolOptions { Servers = { new MemcachedServerOptions(server.Host, server.Port) } }));

    /// <summary>How many commands with a key the servers of a zone have got.</summary>
    public int CommandsIn(string zone)
    {
        lock (_commands)
        {
            return Places.Where(place => place.Zone == zone).Sum(place => _commands.GetValueOrDefault(place.Port));
        }
    }

    public static MemcachedServer[] ServersIn(MemcachedPool pool, string zone) => [.. pool.Servers.Where(server => server.Zone == zone)];

    /// <summary>Cuts a pool off from a zone: for it, the servers there have failed.</summary>
    public static void Cut(MemcachedPool pool, string zone) => Array.ForEach(ServersIn(pool, zone), static server => server.Disable());

    public static void Join(MemcachedPool pool, string zone) => Array.ForEach(ServersIn(pool, zone), static server => server.Enable());

    /// <summary>The key's home zone.</summary>
    public static MemcachedServer HomeOf(MemcachedPool pool, string key) => pool.CurrentRouter.FindHomeZone(System.Text.Encoding.UTF8.GetBytes(key));

    /// <summary>The key's server in a zone.</summary>
    public static MemcachedServer ServerOf(MemcachedPool pool, string key, string zone) => pool.Locate(key).Servers.Single(server => server.Zone == zone);

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DisposeAsync();
        }

        foreach (var server in _embedded)
        {
            await server.DisposeAsync();
        }
    }

    private MemcachedPool Remember(MemcachedPool pool)
    {
        lock (_pools)
        {
            _pools.Add(pool);
        }

        return pool;
    }

    private MemcachedServerOptions Start(string zone)
    {
        var port = 0;
        var server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = _time, Log = line => Count(port, line) });
        _embedded.Add(server);
        port = server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port;
        return new MemcachedServerOptions("127.0.0.1", port) { Zone = zone };
    }

    private void Count(int port, string line)
    {
        if (line.StartsWith('<') && line.Contains(" k", StringComparison.Ordinal))
        {
            lock (_commands)
            {
                _commands[port] = _commands.GetValueOrDefault(port) + 1;
            }
        }
    }
}

/// <summary>What a pool has missed, and how it is made up for.</summary>
internal sealed class ZoneNotes
{
    private readonly List<(MemcachedServer Server, string Key, List<MemcachedServer> Then)> _notes = [];

    public ZoneNotes(MemcachedPool pool) => pool.Missed = (server, key, verb, _, then) =>
    {
        Assert.True(verb is Verb.Delete or Verb.Invalidate);
        lock (_notes)
        {
            _notes.Add((server, System.Text.Encoding.UTF8.GetString(key), then));
        }
    };

    public int Count
    {
        get
        {
            lock (_notes)
            {
                return _notes.Count;
            }
        }
    }

    public (string Server, string Key)[] All
    {
        get
        {
            lock (_notes)
            {
                return [.. _notes.Select(static note => (note.Server.Name, note.Key)).Distinct()];
            }
        }
    }

    /// <summary>Deletes what was missed: on the server, and then where that may have been copied to.</summary>
    public async Task<string[]> MakeUpAsync(Func<MemcachedServer, MemcachedPool> connect)
    {
        List<(MemcachedServer Server, string Key, List<MemcachedServer> Then)> notes;
        lock (_notes)
        {
            notes = [.. _notes];
            _notes.Clear();
        }

        foreach (var (server, key, then) in notes)
        {
            await connect(server).DeleteAsync(key);
            foreach (var other in then)
            {
                await connect(other).DeleteAsync(key);
            }
        }

        return [.. notes.Select(static note => note.Key).Distinct()];
    }
}
