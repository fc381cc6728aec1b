public sealed record Reading(int Sensor, double Value);

[CacheClient("sensors", Expires = "15s")]
public partial interface ISensors
{
    [CacheKey("s:{sensor}")] ValueTask<Reading?> GetReadingAsync(int sensor, CancellationToken ct = default);
    [CacheKey("s:{reading.Sensor}")] ValueTask SetReadingAsync(Reading reading, CancellationToken ct = default);
    async ValueTask<double> AverageAsync(int first, int second, CancellationToken ct = default)
    {
        var readings = await Task.WhenAll(GetReadingAsync(first, ct).AsTask(), GetReadingAsync(second, ct).AsTask());
        return readings.OfType<Reading>().Average(static reading => reading.Value);
    }
}
public static class Sensors
{
    extension(ISensors sensors)
    {
        public async Task<bool> IsHotAsync(int sensor) => await sensors.GetReadingAsync(sensor) is { Value: > 40 };
    }
}
