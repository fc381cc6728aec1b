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

    private TwemproxyProcess(string program, IEnumerable<MemcachedProcess> servers)
    {
        Port = LoopbackPort.Free();
        var configuration = _folder.Write("proxy.yml", $"""
            pool:
              listen: 127.0.0.1:{Port}
              hash: fnv1a_64
              distribution: ketama
              servers:
            {string.Join('\n', servers.Select(server => $"   - {server.Address}:1"))}

            """);
        _process = Process.Start(program, ["-c", configuration, "-a", "127.0.0.1", "-s", $"{LoopbackPort.Free()}", "-o", _folder.PathOf("log"), "-p", _folder.PathOf("pid")]);
    }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts the proxy and waits until it accepts connections.</summary>
    public static TwemproxyProcess Start(params IEnumerable<MemcachedProcess> servers)
    {
        var proxy = new TwemproxyProcess(RequiredTool.Find("nutcracker", "nutcracker"), servers);
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
