using System.Globalization;

namespace TypedCache.Benchmarks.Cluster;

/// <summary>The command line: <c>[scenario] [--scale 0.01] [--svg folder] [--csv folder] [--seed 1] [--parallel 1]</c>.</summary>
internal sealed record RunArguments(string? Scenario, double Scale, string? SvgFolder, string? CsvFolder, ulong Seed, int Parallel)
{
    private const string Usage = "Usage: [topology | add | zone | restart | slow] [--scale 0.01] [--svg docs/cluster] [--csv folder] [--seed 1] [--parallel 2]";

    /// <exception cref="ArgumentException">They are not understood; the message says what they may be.</exception>
    public static RunArguments Parse(IReadOnlyList<string> arguments)
    {
        var result = new RunArguments(null, 1, null, null, 1, 1);
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            result = arguments[i] switch
            {
                "--scale" when double.TryParse(value, CultureInfo.InvariantCulture, out var scale) && scale is > 0 and <= 1 => result with { Scale = scale },
                "--svg" when value.Length > 0 => result with { SvgFolder = value },
                "--csv" when value.Length > 0 => result with { CsvFolder = value },
                "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var seed) => result with { Seed = seed },
                "--parallel" when int.TryParse(value, CultureInfo.InvariantCulture, out var parallel) && parallel > 0 => result with { Parallel = parallel },
                { } name when !name.StartsWith('-') => result with { Scenario = name },
                { } other => throw new ArgumentException($"'{other}' is not understood. {Usage}"),
            };
            i += arguments[i].StartsWith('-') ? 1 : 0;
        }

        return result;
    }
}
