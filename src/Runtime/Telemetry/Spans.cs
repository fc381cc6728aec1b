using System.Diagnostics;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.Telemetry;

/// <summary>Begins and ends spans. What listeners and samplers throw harms nobody, and a caller's own span stays the current one.</summary>
internal static class Spans
{
    /// <summary>One for each call.</summary>
    public static readonly ActivitySource Calls = new(TypedCacheTelemetry.ActivitySourceName);

    /// <summary>Those of what is rare.</summary>
    public static readonly ActivitySource Creation = new(TypedCacheTelemetry.CreationActivitySourceName);

    /// <summary>Begins a span as the current one. What the current code calls is its child.</summary>
    /// <returns>Null where nobody wants it.</returns>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, IEnumerable<KeyValuePair<string, object?>>? tags)
    {
        try
        {
            return source.HasListeners() ? source.StartActivity(name, kind, parentContext: default, tags) : null;
        }
        catch (Exception)
        {
            // A sampler's own fault.
            return null;
        }
    }

    /// <summary>Begins a span whose end others see to: the caller's span stays the current one.</summary>
    public static Activity? StartApart(ActivitySource source, string name, ActivityKind kind, IEnumerable<KeyValuePair<string, object?>>? tags)
    {
        var current = Activity.Current;
        var started = Start(source, name, kind, tags);
        Return(current);
        return started;
    }

    /// <summary>Makes a span the current one, or none.</summary>
    public static void Return(Activity? current)
    {
        if (Activity.Current != current)
        {
            Activity.Current = current;
        }
    }

    /// <summary>Says that what the span is of has failed. The exception's message is left out: it can have a key in it.</summary>
    public static void Fail(Activity? span, Exception exception)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(Attributes.ErrorType, CommonTags.ErrorType(exception)).SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Ends a span. The current one stays what it is, unless it is this one.</summary>
    public static void Stop(Activity? span)
    {
        if (span is null)
        {
            return;
        }

        var current = Activity.Current;
        try
        {
            span.Stop();
        }
        catch (Exception)
        {
            // A listener's own fault.
        }

        Return(current == span ? span.Parent : current);
    }
}
