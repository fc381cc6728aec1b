using System.Diagnostics.Metrics;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;
using Names = TypedCache.TypedCacheTelemetry.Instruments;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Listens to the meter of TypedCache, and to the histograms that are compared. While there is none, calls measure nothing for the page.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, IMeasurements> _instruments;

    /// <summary>Makes one, which does not listen yet.</summary>
    /// <param name="comparisons">What is compared.</param>
    public Recorder(IEnumerable<TypedCacheDashboardComparison> comparisons)
    {
        Templates = new Templates();
        Near = new NearCounts(Templates);
        Creations = new CreationCounts(Templates);
        Comparisons = [.. comparisons.Select(static comparison => new ComparedDurations(comparison))];
        var requests = new RequestCounts(Templates);
        _instruments = new Dictionary<string, IMeasurements>
        {
            [Names.Requests] = requests,
            [Names.Keys] = requests,
            [Names.OperationDuration] = ReadDurations,
            [Names.Creations] = Creations,
            [Names.CreateDuration] = CreateDurations,
            [Names.LeaseWaits] = LeaseWaits,
            [Names.LeaseWaitDuration] = LeaseWaitDurations,
            [Names.NearRequests] = Near,
            [Names.NearItems] = NearItems,
            [Names.NearSize] = NearBytes,
            [Names.FailoverOperations] = Failovers,
            [Names.ServerFailures] = Failures,
            [Names.WarmUpReads] = WarmUpReads,
            [Names.InFlight] = InFlight,
            [Names.ServerItems] = Items,
            [Names.ServerMemory] = Memory,
            [Names.ServerMemoryLimit] = MemoryLimit,
            [Names.ServerEvictions] = Evictions,
        };
    }

    public Templates Templates { get; }

    public NearCounts Near { get; }

    public CreationCounts Creations { get; }

    public ComparedDurations[] Comparisons { get; }

    public Durations ReadDurations { get; } = new(readsOnly: true);

    public Durations CreateDurations { get; } = new();

    public Durations LeaseWaitDurations { get; } = new();

    public Counter LeaseWaits { get; } = new();

    public Counter WarmUpReads { get; } = new();

    public ServerCounts Failovers { get; } = new();

    public ServerCounts Failures { get; } = new();

    public SumGauge NearItems { get; } = new();

    public SumGauge NearBytes { get; } = new();

    public ServerGauge InFlight { get; } = new();

    public ServerGauge Received { get; } = new(Attributes.IoDirection, "receive");

    public ServerGauge Sent { get; } = new(Attributes.IoDirection, "transmit");

    public ServerGauge Items { get; } = new();

    public ServerGauge Memory { get; } = new();

    public ServerGauge MemoryLimit { get; } = new();

    public ServerGauge Evictions { get; } = new();

    /// <summary>Begins to listen.</summary>
    public void Start()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Find(instrument) is { Length: > 0 } found)
            {
                listener.EnableMeasurementEvents(instrument, found);
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Add(value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Add(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Add(value, tags, state));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Add(value, tags, state));
        _listener.Start();
    }

    /// <summary>Asks the instruments that speak only when they are asked.</summary>
    public void Observe()
    {
        foreach (var gauge in (ServerGauge[])[InFlight, Received, Sent, Items, Memory, MemoryLimit, Evictions])
        {
            gauge.Clear();
        }

        NearItems.Clear();
        NearBytes.Clear();
        _listener.RecordObservableInstruments();
    }

    public void Dispose() => _listener.Dispose();

    private IMeasurements[] Find(Instrument instrument)
    {
        var found = new List<IMeasurements>();
        if (instrument.Meter.Name == TypedCacheTelemetry.MeterName)
        {
            if (_instruments.TryGetValue(instrument.Name, out var measurements))
            {
                found.Add(measurements);
            }
            else if (instrument.Name == Names.NetworkIo)
            {
                found.AddRange([Received, Sent]);
            }
        }

        foreach (var compared in Comparisons)
        {
            if (compared.Comparison.MeterName == instrument.Meter.Name && compared.Comparison.InstrumentName == instrument.Name && !instrument.IsObservable)
            {
                found.Add(compared.In(instrument.Unit));
            }
        }

        return [.. found];
    }

    private static void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var measurements in (IMeasurements[])state!)
        {
            measurements.Add(value, tags);
        }
    }
}
