using System.Diagnostics;
using System.Globalization;

namespace Storefront.CommandLine;

/// <summary>Says how much of something is done, on one line that changes; where the output is not a terminal, on a line at the beginning and one at the end.</summary>
/// <param name="output">Where it is said.</param>
/// <param name="what">What is done.</param>
internal sealed class ProgressLine(TextWriter output, string what) : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private bool _shown;

    /// <summary>Says how much is done, from 0 to 1.</summary>
    public void Show(double part)
    {
        if (!Console.IsOutputRedirected)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what}: {part:P0}   "));
        }
        else if (!_shown)
        {
            output.WriteLine($"{what} ...");
        }

        _shown = true;
    }

    /// <summary>Ends the line, if there is one.</summary>
    public void Dispose()
    {
        if (_shown)
        {
            var start = Console.IsOutputRedirected ? "" : "\r";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{start}{what}: done in {Stopwatch.GetElapsedTime(_started).TotalSeconds:0.0} s."));
        }
    }
}
