using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>A server on a free loopback port, ended with the program.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Processor time of the server so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static ServerProcess StartMemcached(int megabytes = 256)
    {
        var port = FreePort();
        string[] user = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        return Start("memcached", port, ["-l", "127.0.0.1", "-p", $"{port}", "-U", "0", "-t", "1", "-m", $"{megabytes}", .. user]);
    }

    public static ServerProcess StartRedis()
    {
        var port = FreePort();
        return Start("redis-server", port, ["--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no", "--daemonize", "no"]);
    }

    /// <summary>Starts the program of <c>benchmarks/WebApi</c>.</summary>
    /// <param name="cache">The cache which its pages read: <c>typedcache</c> or <c>redis</c>.</param>
    /// <param name="server">That cache's server.</param>
    public static ServerProcess StartWebApi(string cache, ServerProcess server)
    {
        var port = FreePort();
        return Start(Beside("WebApi"), port, ["--cache", cache, "--server", server.Address, "--port", $"{port}"]);
    }

    /// <summary>The path of a program which is built together with this one.</summary>
    public static string Beside(string program) => Path.Combine(AppContext.BaseDirectory, program);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static ServerProcess Start(string program, int port, string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                probe.Connect(IPAddress.Loopback, port);
                return new ServerProcess(process, port);
            }
            catch (SocketException)
            {
                Thread.Sleep(5);
            }
        }

        process.Kill();
        throw new InvalidOperationException($"{program} did not listen on port {port} within 5 seconds.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
