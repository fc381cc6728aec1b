namespace TypedCache.Benchmarks.Throughput;

/// <summary>One round of one contender; latencies in microseconds.</summary>
internal sealed record OpenLoopSample(
    double Reached,
    double P50,
    double P99,
    double P999,
    double Max,
    double ClientMicroseconds,
    double ServerMicroseconds,
    double Bytes,
    int Failed,
    Exception? Failure)
{
    public static OpenLoopSample Of(LatencyLog log, Usage usage)
    {
        double operations = log.Operations;
        var bytes = usage.Bytes / operations;
        var client = usage.Client.TotalMicroseconds / operations;
        var server = usage.Server.TotalMicroseconds / operations;
        var sorted = log.Sorted();
        return new(log.Reached, At(0.5), At(0.99), At(0.999), sorted[^1], client, server, bytes, log.Failed, log.Failure);

        double At(double part) => sorted[(int)(part * (sorted.Length - 1))];
    }
}
