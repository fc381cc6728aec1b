using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TypedCache.Telemetry;

/// <summary>One wait for a value that another process creates.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct LeaseWaitRecord : IDisposable
{
    private readonly CreationTelemetry _telemetry;
    private readonly Activity? _span;
    private readonly long _started;

    public LeaseWaitRecord(CreationTelemetry telemetry)
    {
        _telemetry = telemetry;
        _started = telemetry.Pool.Now;
        if (Instruments.LeaseWaits.IsEnabled)
        {
            Instruments.LeaseWaits.Add(1, CommonTags.Of(telemetry.Template));
        }

        if (Spans.Creation.HasListeners())
        {
            var template = telemetry.Template;
            _span = Spans.StartApart(Spans.Creation, template is null ? "wait" : $"wait {template.Text}", ActivityKind.Internal, [.. CommonTags.Of(template)]);
        }
    }

    /// <summary>The wait has ended.</summary>
    public void Dispose()
    {
        Spans.Stop(_span);
        if (Instruments.LeaseWaitDuration.IsEnabled)
        {
            Instruments.LeaseWaitDuration.Record(_telemetry.Pool.Since(_started).TotalSeconds, CommonTags.Of(_telemetry.Template));
        }
    }
}
