namespace TypedCache.Values;

/// <summary>A bool as text.</summary>
internal sealed class BooleanCodec : ICacheCodec<bool>
{
    public void Write(ref ValueWriter writer, bool value) => writer.WriteBoolean(value);

    public bool Read(in StoredValue stored) => stored.ReadBoolean();
}
