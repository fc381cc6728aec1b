using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace TypedCache.WebShop;

/// <summary>What the OpenTelemetry SDK has collected in this process.</summary>
internal sealed class RecordedMetrics
{
    /// <summary>The metrics of the last collection.</summary>
    public List<Metric> Collected { get; } = [];

    /// <summary>A line per series: the instrument's name, its attributes, and its sum or, for a histogram, its count.</summary>
    public string Show(MeterProvider provider)
    {
        var text = new StringBuilder();
        lock (Collected)
        {
            Collected.Clear();
            provider.ForceFlush();
            foreach (var metric in Collected)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    text.Append(metric.Name);
                    Append(text, point.Tags);
                    text.Append(CultureInfo.InvariantCulture, $" = {Value(metric, point)}\n");
                }
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReadOnlyTagCollection tags)
    {
        var shown = new List<string>();
        foreach (var tag in tags)
        {
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}"));
        }

        shown.Sort(StringComparer.Ordinal);
        text.Append('{').AppendJoin(',', shown).Append('}');
    }

    private static double Value(Metric metric, in MetricPoint point) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        _ => point.GetHistogramCount(),
    };
}
