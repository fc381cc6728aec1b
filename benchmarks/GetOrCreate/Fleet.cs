using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>Eight processes which use one cache and one key at the same time.</summary>
internal static class Fleet
{
    public const int Processes = 8;

    /// <summary>When a value is to be created anew.</summary>
    public static readonly TimeSpan Expires = TimeSpan.FromSeconds(2);

    /// <summary>How long that takes.</summary>
    public static readonly TimeSpan CreateTime = TimeSpan.FromMilliseconds(200);

    public static async Task<FleetResult> RunAsync(string contender, string address, int seconds)
    {
        var members = Enumerable.Range(0, Processes).Select(_ => Start(contender, address, seconds)).ToArray();
        try
        {
            foreach (var member in members)
            {
                if (await member.StandardOutput.ReadLineAsync() != FleetMember.Ready)
                {
                    throw new InvalidOperationException($"A process with {contender} ended before it was ready.");
                }
            }

            foreach (var member in members)
            {
                await member.StandardInput.WriteLineAsync();
            }

            var reports = await Task.WhenAll(members.Select(ReportAsync));
            return Read(string.Concat(reports));
        }
        finally
        {
            foreach (var member in members)
            {
                member.Kill();
                member.Dispose();
            }
        }
    }

    private static Process Start(string contender, string address, int seconds)
    {
        string[] arguments = [FleetMember.Argument, contender, address, $"{seconds}"];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    private static async Task<string> ReportAsync(Process member)
    {
        var report = await member.StandardOutput.ReadToEndAsync();
        await member.WaitForExitAsync();
        return member.ExitCode == 0 ? report : throw new InvalidOperationException($"A process of the fleet failed with exit code {member.ExitCode}.");
    }

    private static FleetResult Read(string report)
    {
        var creates = new List<(long Started, long Ended)>();
        var calls = new List<Call>();
        foreach (var line in report.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            var numbers = Array.ConvertAll(words[1..], word => long.Parse(word, CultureInfo.InvariantCulture));
            if (words[0] == FleetMember.CreateLine)
            {
                creates.Add((numbers[0], numbers[1]));
            }
            else
            {
                calls.Add(new Call(numbers[0], TimeSpan.FromTicks(numbers[1]), TimeSpan.FromTicks(numbers[2])));
            }
        }

        return new FleetResult(creates, calls);
    }
}
