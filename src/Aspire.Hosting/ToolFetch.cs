using System.Diagnostics;

namespace Aspire.Hosting;

/// <summary>
/// Fetches the tool from its package once, before the servers start: the SDK fails where several processes fetch the same package.
/// </summary>
/// <param name="tool">How the tool is run.</param>
/// <param name="folder">Where it is run, which decides what package sources are asked.</param>
internal sealed class ToolFetch(EmbeddedTool tool, string folder)
{
    private readonly Lock _gate = new();
    private Task? _fetch;

    /// <summary>Waits until the tool is there. One attempt serves all who wait; after a failed one the next caller starts another.</summary>
    /// <exception cref="DistributedApplicationException">The tool cannot be fetched; the message holds what the SDK printed.</exception>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_fetch is null or { IsFaulted: true })
            {
                _fetch = FetchAsync();
            }

            return _fetch.WaitAsync(cancellationToken);
        }
    }

    private async Task FetchAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(tool.Command, [.. tool.Arguments, "--version"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            var printed = $"{await output.ConfigureAwait(false)}{await errors.ConfigureAwait(false)}".Trim();
            throw new DistributedApplicationException(
                $"The servers need the tool typedcache, which '{tool.Command} {string.Join(' ', tool.Arguments)}' did not run. Add a package source with TypedCache.Tool, or give {nameof(MemcachedBuilderExtensions.RunAsEmbedded)} the path of an installed tool. {printed}");
        }
    }
}
