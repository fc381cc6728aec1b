using System.Globalization;
using TypedCache.Values;

namespace TypedCache.AotSmoke.Values;

/// <summary>A value which has a codec of its own.</summary>
[CacheCodec(typeof(TemperatureCodec))]
public readonly record struct Temperature(double Celsius);

/// <summary>Stores a temperature as text with its unit.</summary>
internal sealed class TemperatureCodec : ICacheCodec<Temperature>
{
    private const string Unit = " C";

    public void Write(ref ValueWriter writer, Temperature value) =>
        writer.WriteText(value.Celsius.ToString(CultureInfo.InvariantCulture) + Unit);

    public Temperature Read(in StoredValue stored) =>
        new(double.Parse(stored.ReadText().AsSpan()[..^Unit.Length], CultureInfo.InvariantCulture));
}
