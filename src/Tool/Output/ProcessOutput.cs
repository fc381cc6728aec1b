using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace TypedCache.Tool.Output;

/// <summary>The output of the process: a terminal, or plain text where it is redirected, whatever the environment says.</summary>
internal sealed class ProcessOutput : IDisposable
{
    private const int StandardOutput = 1;

    private readonly CancellationTokenSource _closed = new();

    /// <summary>Opens it.</summary>
    public ProcessOutput()
    {
        var isRedirected = System.Console.IsOutputRedirected;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(isRedirected ? OpenRedirected() : System.Console.Out),

            // The usual ones switch escapes on for the logs of CI systems, also where the output goes to a program or a file.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }

    /// <summary>Where results are shown.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Is cancelled when a pipe has been written to that nobody reads any more. Not on Windows.</summary>
    public CancellationToken Closed => _closed.Token;

    public void Dispose() => _closed.Dispose();

    // Console.Out passes over a broken pipe, so that nobody would learn of it. Files stay with it: it writes at their end.
    private TextWriter OpenRedirected()
    {
        if (OperatingSystem.IsWindows())
        {
            return System.Console.Out;
        }

        var output = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return output.CanSeek
            ? System.Console.Out
            : TextWriter.Synchronized(new StreamWriter(new OutputPipe(output, () => _ = _closed.CancelAsync()), System.Console.Out.Encoding) { AutoFlush = true });
    }
}
