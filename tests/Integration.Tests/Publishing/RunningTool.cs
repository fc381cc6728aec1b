using System.Diagnostics;
using System.Text;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>The command <c>dotnet</c> while it runs the tool; ended on disposal.</summary>
internal sealed class RunningTool : IAsyncDisposable
{
    private const string Listening = "listening on ";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private RunningTool(Process process)
    {
        _process = process;
        _limit.CancelAfter(Limit);
    }

    public static RunningTool Start(TemporaryFolder folder, IEnumerable<string> arguments) => new(Process.Start(new ProcessStartInfo("dotnet", arguments)
    {
        WorkingDirectory = folder.Path,
        RedirectStandardOutput = true,
        Environment = { ["DOTNET_CLI_HOME"] = folder["home"] },
    })!);

    /// <summary>Waits for the line with the address on which the tool listens.</summary>
    public async Task<string> ReadAddressAsync()
    {
        var printed = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync(_limit.Token) is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                return line[Listening.Length..];
            }

            printed.AppendLine(line);
        }

        Assert.Fail($"The tool ended: {printed}");
        return "";
    }

    /// <summary>Sends the signal which asks a program to end, and waits until it has.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(_limit.Token);
        await _process.WaitForExitAsync(_limit.Token);
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _limit.Dispose();
        return ValueTask.CompletedTask;
    }
}
