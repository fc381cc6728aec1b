namespace TypedCache.Values;

/// <summary>A counter: digits in every dialect, because memcached counts nothing else (protocol.txt, "incr").</summary>
internal sealed class CounterCodec : ICacheCodec<ulong>
{
    public static CounterCodec Instance { get; } = new();

    public void Write(ref ValueWriter writer, ulong value) => writer.WriteCounter(value);

    public ulong Read(in StoredValue stored) => stored.ReadUnsigned();
}
