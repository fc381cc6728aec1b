using System.Diagnostics;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Samples;

/// <summary>A finished run of the sample, in a process of its own.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed to the error stream.</param>
public sealed record AtlasProcess(int ExitCode, string Output, string Errors)
{
    private static string Program => Path.Combine(AppContext.BaseDirectory, "Atlas.dll");

    /// <summary>Runs the sample to its end; a test which is cancelled ends it.</summary>
    public static Task<AtlasProcess> RunAsync(params string[] arguments) => RunAsync("dotnet", [Program, .. arguments]);

    /// <summary>The same in a terminal, whose output has all that it was told to show.</summary>
    public static Task<AtlasProcess> RunInTerminalAsync(params string[] arguments) => RunAsync(
        RequiredTool.Find("script", "bsdutils"), ["--quiet", "--return", "--command", $"dotnet '{Program}' {string.Join(' ', arguments)}", "/dev/null"]);

    private static async Task<AtlasProcess> RunAsync(string program, string[] arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new AtlasProcess(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
