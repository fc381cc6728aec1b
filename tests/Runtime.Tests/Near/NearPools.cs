using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;
using TypedCache.Values;

namespace TypedCache.Tests.Near;

/// <summary>Pools that share an embedded server and a clock, as processes do, and a note of all that the server is asked.</summary>
internal sealed class NearPools : IDisposable
{
    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<MemcachedPool> _pools = [];
    private readonly string _version;
    private readonly int _port;
    private EmbeddedServer _server;

    /// <summary>Starts the server.</summary>
    /// <param name="version">The version that it is of: from 1.6.40 on, servers compare CAS numbers.</param>
    public NearPools(string version = "1.6.40")
    {
        _version = version;
        _server = NewServer();
        _port = _server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port;
        Pool = Join();
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(55));

    /// <summary>The first process.</summary>
    public MemcachedPool Pool { get; }

    /// <summary>What the server has been asked about keys since <see cref="Forget"/>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Hears of each request before it is carried out, and may hold up its connection.</summary>
    public Action<string>? OnAsked { get; set; }

    /// <summary>One more process.</summary>
    public MemcachedPool Join(Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions { TimeProvider = Time, OperationTimeout = Patience, ConnectTimeout = Patience };
        options.Servers.Add(new MemcachedServerOptions("127.0.0.1", _port));
        configure?.Invoke(options);
        var pool = MemcachedPool.Connect(options);
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Starts an empty server in the place of the other, whose CAS numbers begin anew.</summary>
    public void Restart()
    {
        _server.Dispose();
        _server = NewServer();
        _server.Listen(new IPEndPoint(IPAddress.Loopback, _port));
    }

    public void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public void Forget() => Asked.Clear();

    /// <summary>What a call of the first pool asks the server.</summary>
    public async Task<List<string>> AskedByAsync(Func<MemcachedPool, ValueTask> call)
    {
        Forget();
        await call(Pool);
        return [.. Asked];
    }

    public void Dispose()
    {
        _pools.ForEach(static pool => pool.Dispose());
        _server.Dispose();
    }

    private EmbeddedServer NewServer() => new(new EmbeddedServerOptions { TimeProvider = Time, Version = _version, Log = Note });

    // Without the number of the connection, and without the token that each request has.
    private void Note(string line)
    {
        if (line.StartsWith('<') && line.IndexOf(' ', StringComparison.Ordinal) is var start && line.AsSpan(start + 1) is ['m', 'g' or 's' or 'd' or 'a', ..] or ['g', 'e', 't', ..])
        {
            var end = line.LastIndexOf(" O", StringComparison.Ordinal);
            var asked = line[(start + 1)..(end < 0 ? line.Length : end)];
            Asked.Enqueue(asked);
            OnAsked?.Invoke(asked);
        }
    }
}
