using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpenTelemetry;

namespace TypedCache.WebShop;

/// <summary>All spans that have ended in this process.</summary>
internal sealed class RecordedSpans : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _ended = new();

    public override void OnEnd(Activity data) => _ended.Enqueue(data);

    /// <summary>A line per span: its source, name, trace, own id, parent and kind.</summary>
    public string Show()
    {
        var text = new StringBuilder();
        foreach (var span in _ended)
        {
            text.Append(CultureInfo.InvariantCulture, $"{span.Source.Name}|{span.DisplayName}|{span.TraceId}|{span.SpanId}|{span.ParentSpanId}|{span.Kind}\n");
        }

        return text.ToString();
    }
}
