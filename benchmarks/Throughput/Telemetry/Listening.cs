using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Who listens to what TypedCache tells, as long as a round lasts.</summary>
internal static class Listening
{
    private static long s_heard;

    /// <summary>All instruments; what is heard is added up, and no more.</summary>
    public static IDisposable ToMetrics()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TypedCacheTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, value, _, _) => Interlocked.Add(ref s_heard, value));
        listener.SetMeasurementEventCallback<double>(static (_, value, _, _) => Interlocked.Add(ref s_heard, (long)(value * 1e9)));
        listener.Start();
        return listener;
    }

    /// <summary>One call of a hundred as a span.</summary>
    public static IDisposable ToSpans()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TypedCacheTelemetry.ActivitySourceName,
            Sample = static (ref _) => Random.Shared.Next(100) == 0 ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = static _ => Interlocked.Increment(ref s_heard),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
