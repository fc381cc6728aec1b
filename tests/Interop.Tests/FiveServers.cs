using System.Net.Sockets;
using System.Text;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Interop.Tests;

/// <summary>The five memcached servers which two clients share, of different weights or of the same.</summary>
public sealed class FiveServers : IDisposable
{
    private static readonly int[] Weights = [1, 3, 2, 1, 4];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MemcachedProcess[] _processes = [.. Weights.Select(_ => MemcachedProcess.Start("-m", "64"))];

    /// <summary>Starts the servers.</summary>
    /// <param name="weighted">Whether they have different weights.</param>
    /// <param name="nameOf">The name by which a twemproxy hashes the server at a position.</param>
    public FiveServers(bool weighted, Func<int, string?>? nameOf = null) => List =
    [
        .. _processes.Select((process, i) => new MemcachedServerOptions("127.0.0.1", process.Port, weighted ? Weights[i] : 1) { HashName = nameOf?.Invoke(i) }),
    ];

    /// <summary>The servers as a pool and the other client get them.</summary>
    public IReadOnlyList<MemcachedServerOptions> List { get; }

    /// <summary>The servers for libmemcached's own tools.</summary>
    public string Addresses => string.Join(',', _processes.Select(process => process.Address));

    /// <summary>The servers and their weights, as connection strings and the tool have them.</summary>
    public string ServerList => string.Join(',', List.Select(server => $"{server.Host}:{server.Port} weight={server.Weight}"));

    /// <summary>Connects a pool which uses the servers in their order.</summary>
    public MemcachedPool Connect(MemcachedPoolOptions options)
    {
        foreach (var server in List)
        {
            options.Servers.Add(server);
        }

        // Nothing but a server's end may look like one, however busy the machine is.
        options.ConnectTimeout = Patience;
        options.OperationTimeout = Patience;
        return MemcachedPool.Connect(options);
    }

    /// <summary>Ends a server as a crash would.</summary>
    public void Stop(int index) => _processes[index].Kill();

    /// <summary>
    /// Asks the server itself for each key, so that nothing that a client does after a miss or a failure can hide that a key is on another
    /// server.
    /// </summary>
    /// <param name="name">The server, as host:port.</param>
    /// <param name="keys">The keys as they are on the wire.</param>
    public bool[] Holds(string name, IReadOnlyList<ReadOnlyMemory<byte>> keys)
    {
        var process = _processes.Single(process => process.Address == name);
        using var stream = new NetworkStream(process.Connect(), ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        using var questions = new MemoryStream();
        foreach (var key in keys)
        {
            questions.Write([.. "mg "u8, .. key.Span, .. "\r\n"u8]);
        }

        stream.Write(questions.GetBuffer().AsSpan(0, (int)questions.Length));
        return [.. keys.Select(_ => reader.ReadLine()).Select(answer => answer switch
        {
            "HD" => true,
            "EN" => false,
            _ => throw new InvalidOperationException($"{name} answers {answer}"),
        })];
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }
}
