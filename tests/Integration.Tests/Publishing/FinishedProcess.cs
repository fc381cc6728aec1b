using System.Diagnostics;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>A program which ran to its end, and what it printed on both streams.</summary>
public sealed record FinishedProcess(int ExitCode, string Output, TimeSpan Duration)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program to its end. One which takes longer than five minutes is ended, and fails the test.</summary>
    public static async Task<FinishedProcess> RunAsync(string program, string folder, params IReadOnlyCollection<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var duration = clock.Elapsed;
            return new FinishedProcess(process.ExitCode, await output + await errors, duration);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
