using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Integration.Tests.External;

/// <summary>A real memcached on a free loopback port or a Unix socket, ended on <see cref="Dispose"/>.</summary>
public sealed class MemcachedProcess : IDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly StringBuilder _errors = new();
    private Process _process;
    private bool _disposed;

    private MemcachedProcess(string program, int port, string? socketPath, string[] arguments)
    {
        Program = program;
        Port = port;
        SocketPath = socketPath;
        Arguments = arguments;
        _process = Launch();
    }

    /// <summary>The TCP port on 127.0.0.1; 0 for a Unix socket.</summary>
    public int Port { get; }

    /// <summary>127.0.0.1 and <see cref="Port"/>.</summary>
    public IPEndPoint EndPoint => new(IPAddress.Loopback, Port);

    /// <summary>The server as it is written in a server list: <c>127.0.0.1:port</c> or <c>unix:/path</c>.</summary>
    public string Address => SocketPath is null ? $"127.0.0.1:{Port}" : $"unix:{SocketPath}";

    /// <summary>The number of the running process, for signals such as STOP and CONT.</summary>
    public int ProcessId => _process.Id;

    private string Program { get; }

    private string? SocketPath { get; }

    private string[] Arguments { get; }

    /// <summary>
    /// Starts a server and waits until it accepts connections. The calling test is skipped (or fails, see
    /// <see cref="RequiredTool"/>) where memcached is not installed.
    /// </summary>
    /// <param name="arguments">More arguments, such as <c>"-m", "16"</c>. Loopback only, without UDP, is set already.</param>
    /// <exception cref="InvalidOperationException">The server did not start; the message holds what it printed.</exception>
    public static MemcachedProcess Start(params string[] arguments)
    {
        var program = RequiredTool.Find("memcached", "memcached");
        for (var attempt = 1; ; attempt++)
        {
            var server = new MemcachedProcess(program, LoopbackPort.Free(), socketPath: null, arguments);
            try
            {
                server.WaitUntilListening();
                return server;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                server.Dispose();
            }
            catch
            {
                server.Dispose();
                throw;
            }
        }
    }

    /// <summary>Starts a server which listens on a Unix socket only, and waits until it accepts connections.</summary>
    /// <param name="path">The socket, in a folder which everybody may write to: memcached gives up root before it listens.</param>
    /// <param name="arguments">More arguments.</param>
    /// <exception cref="InvalidOperationException">The server did not start; the message holds what it printed.</exception>
    public static MemcachedProcess StartOnUnixSocket(string path, params string[] arguments)
    {
        var server = new MemcachedProcess(RequiredTool.Find("memcached", "memcached"), port: 0, path, arguments);
        try
        {
            server.WaitUntilListening();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Ends the process at once, as a crash would. The port stays known for <see cref="Restart"/>.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
    }

    /// <summary>Stops the process, which keeps its connections and answers nothing until <see cref="Resume"/>.</summary>
    public void Suspend()
    {
        Signal("STOP");

        // The signal has been sent, which does not mean that each thread has got it. One that has not answers still.
        while (!Directory.GetDirectories($"/proc/{ProcessId}/task").All(IsStopped))
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>Lets a suspended process go on.</summary>
    public void Resume() => Signal("CONT");

    /// <summary>Ends the process if it still runs and starts an empty one on the same port.</summary>
    public void Restart()
    {
        Kill();
        _process.Dispose();
        _process = Launch();
        WaitUntilListening();
    }

    /// <summary>Opens a plain connection to the server.</summary>
    public Socket Connect()
    {
        EndPoint endPoint = SocketPath is null ? EndPoint : new UnixDomainSocketEndPoint(SocketPath);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Kill();
        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{ProcessId}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    // The state follows the name, which is in parentheses and may contain anything (proc(5)).
    private static bool IsStopped(string task)
    {
        var stat = File.ReadAllText(Path.Combine(task, "stat"));
        return stat[stat.LastIndexOf(')') + 2] == 'T';
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true };
        string[] fixedArguments = SocketPath is null ? ["-l", "127.0.0.1", "-p", $"{Port}", "-U", "0"] : ["-s", SocketPath, "-a", "0777"];
        foreach (var argument in fixedArguments.Concat(Arguments))
        {
            start.ArgumentList.Add(argument);
        }

        // memcached refuses to run as root unless it is told whom to become.
        if (Environment.UserName == "root")
        {
            start.ArgumentList.Add("-u");
            start.ArgumentList.Add("nobody");
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginErrorReadLine();
        return process;
    }

    private void WaitUntilListening()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (_process.HasExited)
            {
                _process.WaitForExit();
                throw new InvalidOperationException($"{Program} ended with code {_process.ExitCode} on {Address}: {Printed()}");
            }

            try
            {
                Connect().Dispose();
                return;
            }
            catch (SocketException) when (waited.Elapsed < StartLimit)
            {
                Thread.Sleep(5);
            }
            catch (SocketException broken)
            {
                throw new InvalidOperationException($"{Program} does not accept connections on {Address}: {Printed()}", broken);
            }
        }
    }

    private void Remember(string? line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }
    }

    private string Printed()
    {
        lock (_errors)
        {
            return _errors.ToString().Trim();
        }
    }
}
