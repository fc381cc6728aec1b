using System.Diagnostics.Metrics;

namespace TypedCache.Browser.Tests;

/// <summary>Whether anybody listens to what TypedCache measures.</summary>
public sealed class Heard : IDisposable
{
    private readonly MeterListener _listener = new();
    private Instrument? _requests;

    public Heard()
    {
        _listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == TypedCacheTelemetry.MeterName && instrument.Name == TypedCacheTelemetry.Instruments.Requests)
            {
                _requests = instrument;
            }
        };
        _listener.Start();
    }

    public bool ByAnybody => _requests?.Enabled ?? throw new InvalidOperationException("No pool has been made yet.");

    public void Dispose() => _listener.Dispose();
}
