using System.Diagnostics.Metrics;
using Names = TypedCache.TypedCacheTelemetry.Instruments;

namespace TypedCache.Telemetry;

/// <summary>The instruments of the meter <c>TypedCache</c> that are written to. Where nobody listens, that costs a comparison.</summary>
internal static class Instruments
{
    private static readonly Meter Meter = new(TypedCacheTelemetry.MeterName);

    // Those of the semantic conventions, and shorter ones: most replies take less than a millisecond.
    private static readonly double[] OperationSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

    private static readonly double[] CreateSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private static readonly double[] AgeSeconds = [1, 5, 30, 60, 300, 900, 3600, 21_600, 86_400, 604_800];

    private static readonly double[] Bytes = [64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];

    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000];

    public static readonly GuardedHistogram OperationDuration =
        Histogram(Names.OperationDuration, "s", "How long calls take, as their callers see it.", OperationSeconds);

    public static readonly GuardedHistogram ConnectionCreateTime =
        Histogram(Names.ConnectionCreateTime, "s", "How long opening a connection takes.", OperationSeconds);

    public static readonly GuardedCounter ConnectionTimeouts =
        Counter(Names.ConnectionTimeouts, "{timeout}", "Attempts to connect that took too long.");

    public static readonly GuardedCounter Requests = Counter(Names.Requests, "{request}", "Calls for one key.");

    public static readonly GuardedCounter Keys = Counter(Names.Keys, "{key}", "Keys of batches.");

    public static readonly GuardedCounter Creations = Counter(Names.Creations, "{creation}", "Values that create functions were run for.");

    public static readonly GuardedHistogram CreateDuration = Histogram(Names.CreateDuration, "s", "How long create functions run.", CreateSeconds);

    public static readonly GuardedCounter LeaseWaits = Counter(Names.LeaseWaits, "{wait}", "Waits for values that another process creates.");

    public static readonly GuardedHistogram LeaseWaitDuration =
        Histogram(Names.LeaseWaitDuration, "s", "How long waits for another process take.", CreateSeconds);

    public static readonly GuardedCounter Audits = Counter(Names.Audits, "{audit}", "Hits that were to be compared with what their create functions give.");

    public static readonly GuardedHistogram AuditMismatchAge =
        Histogram(Names.AuditMismatchAge, "s", "For how long values had been stored that their create functions do not give.", AgeSeconds);

    public static readonly GuardedCounter Undecodable = Counter(Names.Undecodable, "{value}", "Stored values that could not be read as the expected type.");

    public static readonly GuardedCounter ServerFailures = Counter(Names.ServerFailures, "{failure}", "How often servers have failed.");

    public static readonly GuardedCounter FailoverOperations =
        Counter(Names.FailoverOperations, "{operation}", "Operations that went to another server than the one of their key.");

    public static readonly GuardedCounter WarmUpReads = Counter(Names.WarmUpReads, "{read}", "Reads of keys that move on their former servers.");

    public static readonly GuardedCounter NearRequests = Counter(Names.NearRequests, "{request}", "Keys that were looked for in a near cache.");

    public static readonly GuardedCounter MissedDeletesReplayed =
        Counter(Names.MissedDeletesReplayed, "{key}", "Keys that servers had missed a delete of, and have caught up with.");

    public static readonly GuardedCounter MissedDeletesDropped =
        Counter(Names.MissedDeletesDropped, "{key}", "Keys that servers have missed a delete of for good.");

    public static readonly GuardedCounter HandlerFailures = Counter(Names.HandlerFailures, "{failure}", "Exceptions of the application's event handlers.");

    public static readonly GuardedHistogram ValueSize = Histogram(Names.ValueSize, "By", "How long values are as they are stored.", Bytes);

    public static readonly GuardedHistogram BatchSize = Histogram(Names.BatchSize, "{key}", "How many keys batches have.", Counts);

    static Instruments()
    {
        ServerInstruments.Create(Meter);
        NearInstruments.Create(Meter);
    }

    private static GuardedCounter Counter(string name, string unit, string description) => new(Meter.CreateCounter<long>(name, unit, description));

    private static GuardedHistogram Histogram(string name, string unit, string description, double[] boundaries) =>
        new(Meter.CreateHistogram(name, unit, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries }));
}
