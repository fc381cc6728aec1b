namespace TypedCache.Values;

/// <summary>A double as text.</summary>
internal sealed class DoubleCodec : ICacheCodec<double>
{
    public void Write(ref ValueWriter writer, double value) => writer.WriteFloat(value);

    public double Read(in StoredValue stored) => stored.ReadFloat();
}
