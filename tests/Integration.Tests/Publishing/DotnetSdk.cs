using System.Runtime.InteropServices;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>The SDK's commands, each with all it builds in a folder of the test's own.</summary>
internal static class DotnetSdk
{
    /// <summary>The platform for which native programs are made: the one that the tests run on.</summary>
    public static string RuntimeIdentifier => RuntimeInformation.RuntimeIdentifier;

    /// <summary>The folder with the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Runs a command and gives what it printed; a failure fails the test.</summary>
    /// <param name="command">The command with its arguments.</param>
    /// <param name="artifacts">Where <c>bin</c> and <c>obj</c> go, so that no build of the solution is disturbed.</param>
    /// <param name="folder">The working folder.</param>
    public static async Task<string> RunAsync(IEnumerable<string> command, string artifacts, string folder)
    {
        // No build server may stay behind.
        var finished = await FinishedProcess.RunAsync(
            "dotnet", folder, [.. command, "--artifacts-path", artifacts, "--disable-build-servers", "-nologo"]);
        Assert.True(finished.ExitCode == 0, $"dotnet {string.Join(' ', command)}\n{finished.Output}");
        return finished.Output;
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TypedCache.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has TypedCache.sln.");
        }

        return folder;
    }
}
