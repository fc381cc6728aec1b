namespace TypedCache.Values;

/// <summary>A date in the form of the client whose dialect it is.</summary>
internal sealed class DateTimeCodec : ICacheCodec<DateTime>
{
    public void Write(ref ValueWriter writer, DateTime value) => writer.WriteDateTime(value);

    public DateTime Read(in StoredValue stored) => stored.ReadDateTime();
}
