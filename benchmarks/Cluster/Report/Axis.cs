using System.Globalization;

namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>The values of a diagram, from bottom to top.</summary>
internal sealed class Axis
{
    private readonly bool _isLogarithmic;
    private readonly double _low;
    private readonly double _high;

    private Axis(double low, double high, bool isLogarithmic, IReadOnlyList<double> ticks)
    {
        (_low, _high, _isLogarithmic, Ticks) = (low, high, isLogarithmic, ticks);
    }

    /// <summary>The values that have a label.</summary>
    public IReadOnlyList<double> Ticks { get; }

    public static Axis Of(Panel panel)
    {
        var low = panel.Lines.Min(line => line.Min());
        var high = panel.Lines.Max(line => line.Max());
        return panel.IsLogarithmic ? Logarithmic(Math.Max(low, 1), Math.Max(high, 10)) : Linear(low, high);
    }

    /// <summary>Where a value is: 0 at the bottom, 1 at the top.</summary>
    public double Position(double value) => _isLogarithmic
        ? (Math.Log10(Math.Clamp(value, _low, _high)) - Math.Log10(_low)) / (Math.Log10(_high) - Math.Log10(_low))
        : (value - _low) / (_high - _low);

    public static string Label(double value) => value switch
    {
        >= 1e6 => (value / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " M",
        >= 1e4 => (value / 1e3).ToString("0", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
    };

    private static Axis Linear(double low, double high)
    {
        var step = Step(Math.Max(high - low, 1e-6) / 4);
        var first = Math.Floor(low / step) * step;
        var count = (int)Math.Ceiling(((high - first) / step) - 1e-9);
        double[] ticks = [.. Enumerable.Range(0, Math.Max(1, count) + 1).Select(i => Math.Round(first + (i * step), 6))];
        return new Axis(ticks[0], ticks[^1], isLogarithmic: false, ticks);
    }

    private static Axis Logarithmic(double low, double high)
    {
        var ticks = new List<double>();
        for (var power = Math.Pow(10, Math.Floor(Math.Log10(low))); power <= high * 10; power *= 10)
        {
            ticks.AddRange([power, 2 * power, 5 * power]);
        }

        var first = ticks.FindLastIndex(tick => tick <= low);
        var last = ticks.FindIndex(tick => tick >= high);
        return new Axis(ticks[first], ticks[last], isLogarithmic: true, ticks[first..(last + 1)]);
    }

    // 1, 2 or 5 times a power of ten.
    private static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least / power <= 1 ? 1 : least / power <= 2 ? 2 : least / power <= 5 ? 5 : 10);
    }
}
