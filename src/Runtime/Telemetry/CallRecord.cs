using System.Diagnostics;
using System.Runtime.InteropServices;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.Telemetry;

/// <summary>
/// One call of a caller, from where it is sent to where the caller takes its result. It belongs to the object that the caller awaits,
/// and is empty where nobody listens: then it costs a comparison.
/// </summary>
/// <param name="name">What the call is.</param>
/// <param name="span">Its span, if somebody wants one.</param>
[StructLayout(LayoutKind.Auto)]
internal struct CallRecord(CallName name, Activity? span)
{
    private readonly long _started = Instruments.OperationDuration.IsEnabled ? Stopwatch.GetTimestamp() : 0;
    private CallName? _name = name;
    private Activity? _span = span;

    /// <summary>Whether somebody listens.</summary>
    public readonly bool IsActive => _name is not null;

    /// <summary>The call's span.</summary>
    public readonly Activity? Span => _span;

    /// <summary>The caller takes the result of a call for one key.</summary>
    /// <param name="succeeded">Whether what was asked for is there, or done.</param>
    /// <param name="server">Who answered, if one has.</param>
    public void End(bool succeeded, ServerTelemetry? server)
    {
        if (_name is { } name)
        {
            End(succeeded ? CallKinds.Success(name.Kind) : CallKinds.Failure(name.Kind), server);
        }
    }

    /// <inheritdoc cref="End(bool, ServerTelemetry?)"/>
    /// <param name="result">What came of it.</param>
    /// <param name="server">Who answered, if one has.</param>
    public void End(CallResult result, ServerTelemetry? server)
    {
        if (_name is { } name)
        {
            End(name, result, server, exception: null);
        }
    }

    /// <summary>The caller takes the result of a batch.</summary>
    public void EndBatch(in KeyCounts counts)
    {
        if (_name is not { } name)
        {
            return;
        }

        RecordDuration(name, server: null, null);
        Count(name, counts);
        Describe(name, counts);
        Finish();
    }

    /// <summary>The caller gets an exception. To be used as a filter: the exception goes on as it is.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="server">Who was asked last, if one was.</param>
    /// <returns>False.</returns>
    public bool Fail(Exception exception, ServerTelemetry? server)
    {
        if (_name is { } name)
        {
            End(name, CallResult.Error, server, exception);
        }

        return false;
    }

    /// <summary>The caller of a batch gets an exception (see <see cref="Fail"/>).</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="keys">How many keys the batch has.</param>
    /// <returns>False.</returns>
    public bool FailBatch(Exception exception, int keys)
    {
        if (_name is not { } name)
        {
            return false;
        }

        RecordDuration(name, server: null, exception);
        Count(name, CallResult.Error, keys);
        if (_span is { IsAllDataRequested: true } span)
        {
            span.SetTag(Attributes.KeyCount, keys);
        }

        Spans.Fail(_span, exception);
        Finish();
        return false;
    }

    private void End(CallName name, CallResult result, ServerTelemetry? server, Exception? exception)
    {
        RecordDuration(name, server, exception);
        Count(name, result);
        if (_span is { IsAllDataRequested: true } span)
        {
            span.SetTag(Attributes.Result, CallResults.NameOf(result));
            server?.Describe(span);
        }

        if (exception is not null)
        {
            Spans.Fail(_span, exception);
        }

        Finish();
    }

    private static void Count(CallName name, CallResult result)
    {
        if (Instruments.Requests.IsEnabled)
        {
            var tags = name.ResultTags;
            tags.Add(Attributes.Result, CallResults.NameOf(result));
            Instruments.Requests.Add(1, tags);
        }
    }

    private static void Count(CallName name, in KeyCounts counts)
    {
        if (Instruments.Keys.IsEnabled)
        {
            Count(name, CallKinds.Success(name.Kind), counts.Successes);
            Count(name, CallResult.Stale, counts.Stale);
            Count(name, CallKinds.Failure(name.Kind), counts.Failures);
            Count(name, CallResult.Changed, counts.Changed);
            Count(name, CallResult.Error, counts.Errors);
        }
    }

    private static void Count(CallName name, CallResult result, int keys)
    {
        var tags = name.ResultTags;
        tags.Add(Attributes.Result, CallResults.NameOf(result));
        Instruments.Keys.Add(keys, tags);
    }

    private readonly void RecordDuration(CallName name, ServerTelemetry? server, Exception? exception)
    {
        if (_started == 0)
        {
            return;
        }

        var tags = name.DurationTags;
        server?.AddTo(ref tags);
        if (exception is not null)
        {
            tags.Add(Attributes.ErrorType, CommonTags.ErrorType(exception));
        }

        Instruments.OperationDuration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, tags);
    }

    private readonly void Describe(CallName name, in KeyCounts counts)
    {
        if (_span is not { IsAllDataRequested: true } span)
        {
            return;
        }

        span.SetTag(Attributes.KeyCount, counts.Total);
        if (name.Kind <= CallKind.ExistsMany)
        {
            span.SetTag(Attributes.HitCount, counts.Successes + counts.Stale).SetTag(Attributes.MissCount, counts.Failures);
        }
    }

    private void Finish()
    {
        Spans.Stop(_span);
        _name = null;
        _span = null;
    }
}
