using System.Diagnostics;
using System.Diagnostics.Metrics;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;
using Names = TypedCache.TypedCacheTelemetry.Instruments;

namespace TypedCache.Telemetry;

/// <summary>The instruments that are read when somebody wants to know: the state of all servers of all pools.</summary>
internal static class ServerInstruments
{
    private static readonly KeyValuePair<string, object?> Used = new(Attributes.ConnectionState, "used");
    private static readonly KeyValuePair<string, object?> Received = new(Attributes.IoDirection, "receive");
    private static readonly KeyValuePair<string, object?> Sent = new(Attributes.IoDirection, "transmit");

    /// <summary>Makes the instruments.</summary>
    public static void Create(Meter meter)
    {
        meter.CreateObservableUpDownCounter(
            Names.ConnectionCount, static () => Observe(static server => server.OpenConnections, ofPool: true, Used), "{connection}", "Open connections.");
        meter.CreateObservableUpDownCounter(
            Names.ConnectionPendingRequests, static () => Observe(static server => server.WaitingRequests, ofPool: true), "{request}", "Requests that wait for a connection.");
        meter.CreateObservableUpDownCounter(
            Names.InFlight, static () => Observe(static server => server.RequestsInFlight), "{request}", "Requests that have not been answered.");
        meter.CreateObservableUpDownCounter(
            Names.MissedDeletes, static () => Observe(static server => server.MissedDeletes), "{key}", "Keys of which a server has missed a delete or a newer value.");
        meter.CreateObservableGauge(Names.ServerUp, static () => ObserveState(), "1", "Whether a server is usable: 1, or 0 while it has failed.");
        meter.CreateObservableGauge(Names.TopologyVersion, static () => ObserveTopologies(), "{version}", "Which list of servers a pool uses, counted from 1.");
        CreateStatistics(meter);
        meter.CreateObservableCounter(Names.NetworkIo, static () => ObserveTraffic(), "By", "Bytes sent to servers and received from them.");
    }

    private static void CreateStatistics(Meter meter)
    {
        meter.CreateObservableGauge(Names.ServerItems, static () => ObserveStatistics(static server => server.Items), "{item}", "Items that a server holds.");
        meter.CreateObservableGauge(Names.ServerMemory, static () => ObserveStatistics(static server => server.Memory), "By", "Memory that a server's items take.");
        meter.CreateObservableGauge(Names.ServerMemoryLimit, static () => ObserveStatistics(static server => server.MemoryLimit), "By", "Memory that a server's items may take.");
        meter.CreateObservableCounter(Names.ServerEvictions, static () => ObserveStatistics(static server => server.Evictions), "{item}", "Items removed for want of memory.");
        meter.CreateObservableCounter(Names.ServerReads, static () => ObserveReads(), "{key}", "Keys that all clients of a server have asked it for.");
    }

    // Pools that share a server may have asked it at different times: the newest count is the highest.
    private static List<Measurement<long>> ObserveStatistics(Func<ServerStatistics, long> read, KeyValuePair<string, object?>? tag = null) =>
        Gather(server => server.Telemetry.CollectStatistics() is { } statistics ? read(statistics) : null, Math.Max, ofPool: false, tag);

    private static List<Measurement<long>> ObserveReads() =>
    [
        .. ObserveStatistics(static server => server.Hits, new(Attributes.Result, CallResults.NameOf(CallResult.Hit))),
        .. ObserveStatistics(static server => server.Misses, new(Attributes.Result, CallResults.NameOf(CallResult.Miss))),
    ];

    // A server is up for an application as long as it is for each of its pools.
    private static List<Measurement<long>> ObserveState() => Gather(static server => server.IsUp ? 1 : 0, Math.Min, ofPool: false);

    // Pools of one name change together; what has not changed yet is the lower number.
    private static List<Measurement<long>> ObserveTopologies() => ObservedPools.Measure(static pool => pool.TopologyVersion, Math.Min);

    private static List<Measurement<long>> ObserveTraffic() =>
    [
        .. Observe(static server => server.Telemetry.Traffic.Received, tag: Received),
        .. Observe(static server => server.Telemetry.Traffic.Sent, tag: Sent),
    ];

    private static List<Measurement<long>> Observe(Func<IObservedServer, long> read, bool ofPool = false, KeyValuePair<string, object?>? tag = null) =>
        Gather(server => read(server), static (one, other) => one + other, ofPool, tag);

    // Servers that are in several pools have one measurement, unless the pool is an attribute. What is null is not known.
    private static List<Measurement<long>> Gather(
        Func<IObservedServer, long?> read, Func<long, long, long> combine, bool ofPool, KeyValuePair<string, object?>? tag = null)
    {
        var found = new Dictionary<string, Observed>();
        foreach (var server in ObservedPools.Servers())
        {
            var telemetry = server.Telemetry;
            var identity = ofPool ? $"{telemetry.Identity} {telemetry.PoolName}" : telemetry.Identity;
            if (read(server) is not { } value)
            {
                continue;
            }

            if (!found.TryGetValue(identity, out var observed))
            {
                found.Add(identity, new Observed(telemetry, value));
            }
            else
            {
                observed.Value = combine(observed.Value, value);
            }
        }

        var measurements = new List<Measurement<long>>(found.Count);
        foreach (var observed in found.Values)
        {
            measurements.Add(new Measurement<long>(observed.Value, TagsOf(observed.Server, ofPool, tag)));
        }

        return measurements;
    }

    private static TagList TagsOf(ServerTelemetry server, bool ofPool, KeyValuePair<string, object?>? tag)
    {
        var tags = server.Tags;
        if (ofPool)
        {
            tags.Add(server.PoolTag);
        }

        if (tag is { } last)
        {
            tags.Add(last);
        }

        return tags;
    }

    private sealed class Observed(ServerTelemetry server, long value)
    {
        public ServerTelemetry Server { get; } = server;

        public long Value { get; set; } = value;
    }
}
