using System.Diagnostics.Metrics;
using System.Globalization;

namespace TypedCache.Tests.Telemetry;

/// <summary>Listens to the meter, and keeps what it hears.</summary>
internal sealed class MeterProbe : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<Measured> _measured = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="instruments">Which instruments; none: all.</param>
    public MeterProbe(params string[] instruments)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TypedCacheTelemetry.MeterName && (instruments.Length == 0 || instruments.Contains(instrument.Name)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What was heard, in order.</summary>
    public IReadOnlyList<Measured> All
    {
        get
        {
            lock (_measured)
            {
                return [.. _measured];
            }
        }
    }

    /// <summary>Asks the instruments that speak only when they are asked.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    /// <summary>Forgets what was heard.</summary>
    public void Clear()
    {
        lock (_measured)
        {
            _measured.Clear();
        }
    }

    /// <summary>The measurements of an instrument.</summary>
    public IEnumerable<Measured> Of(string instrument) => All.Where(measured => measured.Instrument.Name == instrument);

    /// <summary>The sums of an instrument's measurements by their attributes, one line each: <c>get hit: 2</c>.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="attributes">Which attributes are shown.</param>
    public string Sums(string instrument, params string[] attributes) => string.Join(", ", Of(instrument)
        .GroupBy(measured => string.Join(' ', attributes.Select(name => measured.Tags.GetValueOrDefault(name)).Where(value => value is not null)))
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Sum(measured => measured.Value)}"))
        .Order(StringComparer.Ordinal));

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var measured = new Measured(instrument, value, new Dictionary<string, object?>(tags.ToArray()));
        lock (_measured)
        {
            _measured.Add(measured);
        }
    }

    /// <summary>One measurement.</summary>
    internal sealed record Measured(Instrument Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);
}
