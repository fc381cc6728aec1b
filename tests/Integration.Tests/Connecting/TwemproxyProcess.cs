using System.Diagnostics;
using System.Net.Sockets;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Connecting;

/// <summary>A twemproxy (Debian: nutcracker) on a free loopback port in front of real servers, ended on <see cref="Dispose"/>.</summary>
public sealed class TwemproxyProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly PublicFolder _folder = new();
    private readonly Process _process;

    private TwemproxyProcess(string program, IEnumerable<string> settings, IEnumerable<string> servers)
    {
        Port = LoopbackPort.Free();
        var configuration = _folder.Write("proxy.yml", $"""
            pool:
              listen: 127.0.0.1:{Port}
              {string.Join("\n  ", settings)}
              servers:
            {string.Join('\n', servers.Select(server => $"   - {server}"))}

            """);
        _process = Process.Start(program, ["-c", configuration, "-a", "127.0.0.1", "-s", $"{LoopbackPort.Free()}", "-o", _folder.PathOf("log"), "-p", _folder.PathOf("pid")]);
    }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts the proxy and waits until it accepts connections.</summary>
    public static TwemproxyProcess Start(params IEnumerable<MemcachedProcess> servers) =>
        Start(["hash: fnv1a_64", "distribution: ketama"], servers.Select(server => $"{server.Address}:1"));

    /// <summary>Starts the proxy and waits until it accepts connections.</summary>
    /// <param name="settings">The settings of its pool, such as <c>hash: md5</c>.</param>
    /// <param name="servers">The servers as its configuration has them: <c>host:port:weight</c>, and a name where they have one.</param>
    public static TwemproxyProcess Start(IEnumerable<string> settings, IEnumerable<string> servers)
    {
        var proxy = new TwemproxyProcess(RequiredTool.Find("nutcracker", "nutcracker"), settings, servers);
        try
        {
            proxy.WaitUntilListening();
            return proxy;
        }
        catch
        {
            proxy.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private void WaitUntilListening()
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var probe = new TcpClient("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < StartLimit && !_process.HasExited)
            {
                Thread.Sleep(5);
            }
        }
    }
}
