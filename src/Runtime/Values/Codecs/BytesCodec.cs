namespace TypedCache.Values;

/// <summary>Bytes as they are.</summary>
internal sealed class BytesCodec : ICacheCodec<byte[]>
{
    public void Write(ref ValueWriter writer, byte[] value) => writer.WriteRaw(value ?? throw NullValue.Refused(nameof(value)));

    public byte[] Read(in StoredValue stored) => Copy(stored);

    // Serialized values are refused: whoever reads them as bytes has changed a type but not the key.
    internal static bool CanRead(ValueKind kind) => kind is <= ValueKind.Boolean or ValueKind.Igbinary or ValueKind.Json or ValueKind.Unknown;

    internal static byte[] Copy(in StoredValue stored) =>
        CanRead(stored.Kind) ? stored.Payload.ToArray()
        : stored.IsNull ? null!
        : throw stored.Unreadable("bytes");
}
