using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Visitors of a web API, in a process of their own.</summary>
internal static class WebLoad
{
    /// <summary>How many visitors there are, each with a request in flight.</summary>
    public const int Connections = 64;

    /// <summary>Loads a page of the API.</summary>
    /// <exception cref="InvalidOperationException">The API answered wrong.</exception>
    public static async Task<(double PerSecond, double P50, double P99, double Requests)> RunAsync(int port, string path, double seconds)
    {
        string[] arguments = [$"{port}", path, $"{Connections}", seconds.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo(ServerProcess.Beside("WebLoad"), arguments) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The load of {path} failed with exit code {process.ExitCode}.");
        }

        var numbers = Array.ConvertAll(line.Split(' '), word => double.Parse(word, CultureInfo.InvariantCulture));
        return (numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
