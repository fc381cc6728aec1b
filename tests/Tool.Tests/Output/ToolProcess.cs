using System.Diagnostics;

namespace TypedCache.Tool.Tests.Output;

/// <summary>A process and what it has started, which are ended on <see cref="Dispose"/>.</summary>
internal sealed class ToolProcess(ProcessStartInfo start) : IDisposable
{
    private readonly Process _process = Process.Start(start)!;

    public StreamReader StandardOutput => _process.StandardOutput;

    public StreamReader StandardError => _process.StandardError;

    public bool HasExited => _process.HasExited;

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
