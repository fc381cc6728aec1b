using System.Diagnostics;
using System.Runtime.InteropServices;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.Telemetry;

/// <summary>One run of a create function.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct CreationRecord
{
    private readonly CreationTelemetry _telemetry;
    private readonly CreationTrigger _trigger;
    private readonly Activity? _span;
    private readonly long _started;

    public CreationRecord(CreationTelemetry telemetry, CreationTrigger trigger, int keys)
    {
        _telemetry = telemetry;
        _trigger = trigger;
        _started = telemetry.Pool.Now;
        _span = Spans.Creation.HasListeners() ? Start(telemetry.Template, trigger, keys) : null;
    }

    /// <summary>What callers who wait for the value link to.</summary>
    public ActivityContext Context => _span?.Context ?? default;

    /// <summary>The function has ended. It is not counted yet: that depends on what becomes of the value.</summary>
    /// <param name="leaseTime">How long it may have taken.</param>
    public void End(TimeSpan leaseTime) => Finish(leaseTime, null);

    /// <summary>The function has thrown, which is counted here.</summary>
    /// <param name="leaseTime">How long it may have taken.</param>
    /// <param name="exception">What it threw.</param>
    /// <param name="isAbandoned">Whether it was told that nobody waits any more.</param>
    /// <param name="keys">How many keys it ran for.</param>
    public void Fail(TimeSpan leaseTime, Exception exception, bool isAbandoned, int keys = 1)
    {
        Spans.Fail(_span, exception);
        Finish(leaseTime, exception);
        for (var i = 0; i < keys; i++)
        {
            _telemetry.Count(_trigger, isAbandoned ? CreationOutcome.Abandoned : CreationOutcome.Failed);
        }
    }

    private static Activity? Start(KeyTemplate? template, CreationTrigger trigger, int keys)
    {
        var tags = new List<KeyValuePair<string, object?>>(5) { new(Attributes.Trigger, CreationWords.Of(trigger)) };
        foreach (var tag in CommonTags.Of(template))
        {
            tags.Add(tag);
        }

        if (keys > 1)
        {
            tags.Add(new(Attributes.KeyCount, keys));
        }

        return Spans.Start(Spans.Creation, template is null ? "create" : $"create {template.Text}", ActivityKind.Internal, tags);
    }

    private void Finish(TimeSpan leaseTime, Exception? exception)
    {
        Spans.Stop(_span);
        var elapsed = _telemetry.Pool.Since(_started);
        if (Instruments.CreateDuration.IsEnabled)
        {
            var tags = CommonTags.Of(_telemetry.Template);
            if (exception is not null)
            {
                tags.Add(Attributes.ErrorType, CommonTags.ErrorType(exception));
            }

            Instruments.CreateDuration.Record(elapsed.TotalSeconds, tags);
        }

        if (elapsed > leaseTime)
        {
            var template = _telemetry.Template;
            _telemetry.Pool.LogCreation(log => LogMessages.CreatedLate(log, PoolTelemetry.Shown(template), elapsed, leaseTime));
        }
    }
}
