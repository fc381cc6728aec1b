namespace TypedCache.Values;

/// <summary>A float; where numbers are text, that of the double that equals it.</summary>
internal sealed class SingleCodec : ICacheCodec<float>
{
    public void Write(ref ValueWriter writer, float value) => writer.WriteFloat(value, TypeCode.Single);

    public float Read(in StoredValue stored)
    {
        var value = stored.ReadFloat();
        var result = (float)value;
        return float.IsInfinity(result) && double.IsFinite(value) ? throw stored.Unreadable(nameof(Single)) : result;
    }
}
