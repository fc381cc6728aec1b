namespace TypedCache.Values;

/// <summary>Text as raw UTF-8.</summary>
internal sealed class StringCodec : ICacheCodec<string>
{
    public void Write(ref ValueWriter writer, string value) => writer.WriteText(value ?? throw NullValue.Refused(nameof(value)));

    public string Read(in StoredValue stored) => stored.IsNull ? null! : stored.ReadText();
}
