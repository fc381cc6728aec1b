using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace TypedCache.Interop.Tests.Tool;

/// <summary>The tool as a process, running <c>typedcache serve</c>; ended on <see cref="Dispose"/>.</summary>
public sealed class ServeProcess : IDisposable
{
    private const string Listening = "listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly StringBuilder _log = new();

    private ServeProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Log(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The tool as it is built beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "TypedCache.Tool");

    /// <summary>The servers as a pool takes them, in the order in which they were printed.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>All servers as a connection string.</summary>
    public string Servers => string.Join(',', Addresses);

    public int ProcessId => _process.Id;

    /// <summary>What was written to the error stream so far.</summary>
    public string ErrorText
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>How many sockets the process has open, those of its listeners included.</summary>
    public int Sockets => Directory.EnumerateFiles($"/proc/{ProcessId}/fd").Count(static file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    /// <summary>Starts servers and waits until each has said that it listens.</summary>
    public static ServeProcess Start(int servers, params string[] arguments)
    {
        var serve = Launch(arguments);
        try
        {
            serve.Addresses = [.. Enumerable.Range(0, servers).Select(_ => serve.NextLine()[Listening.Length..])];
            return serve;
        }
        catch
        {
            serve.Dispose();
            throw;
        }
    }

    /// <summary>Runs the command to its end, for arguments with which nothing starts.</summary>
    public static async Task<(int Code, string Shown, string Errors)> RunAsync(params string[] arguments)
    {
        using var serve = Launch(arguments);
        var code = await serve.WaitForExitAsync();
        return (code, string.Join('\n', serve._lines.GetConsumingEnumerable()), serve.ErrorText.TrimEnd());
    }

    /// <summary>Sends a signal, such as TERM or INT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{ProcessId}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _lines.Dispose();
    }

    // A shell has what it starts in the background ignore SIGINT, and so the tests and all that they start.
    private static ServeProcess Launch(string[] arguments) => new(Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", Program, "serve", .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    private string NextLine()
    {
        Assert.True(_lines.TryTake(out var line, Patience), $"Nothing was printed; the error stream has: {ErrorText}");
        Assert.StartsWith(Listening, line, StringComparison.Ordinal);
        return line;
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            _lines.CompleteAdding();
        }
        else
        {
            _lines.Add(line);
        }
    }

    private void Log(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
