using System.Globalization;
using MessagePack;
using TypedCache.AotSmoke.Values;
using TypedCache.Values;

[assembly: TypedCache.CacheCodec(typeof(Week), typeof(WeekCodec))]
[assembly: TypedCache.CacheCodec(typeof(Percent), typeof(PercentCodec))]

namespace TypedCache.AotSmoke.Values;

/// <summary>A value object with a factory, as Vogen makes them.</summary>
internal readonly record struct CustomerId
{
    private readonly int _value;

    private CustomerId(int value) => _value = value;

    public int Value => _value;

    public static CustomerId From(int value) => new(value);
}

/// <summary>A value object with conversions alone.</summary>
internal readonly struct Ticket : IEquatable<Ticket>
{
    private readonly string _text;

    private Ticket(string text) => _text = text;

    public static implicit operator Ticket(string text) => new(text);

    public static explicit operator string(Ticket ticket) => ticket._text;

    public bool Equals(Ticket other) => other._text == _text;

    public override bool Equals(object? obj) => obj is Ticket other && Equals(other);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Formats itself as UTF-16 alone, and gets its codec from the assembly.</summary>
internal readonly record struct Week(int Year, int Number) : ISpanFormattable
{
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(provider, $"{Year}-W{Number}", out charsWritten);

    public string ToString(string? format, IFormatProvider? formatProvider) => string.Create(formatProvider, $"{Year}-W{Number}");
}

internal readonly record struct Percent(double Value);

/// <summary>Writes a number, which is one inside other values too.</summary>
internal sealed class WeekCodec : ICacheCodec<Week>
{
    public void Write(ref ValueWriter writer, Week value) => writer.WriteInteger((value.Year * 100) + value.Number);

    public Week Read(in StoredValue stored) => new((int)stored.ReadInteger() / 100, (int)stored.ReadInteger() % 100);
}

/// <summary>Writes MessagePack.</summary>
internal sealed class PercentCodec : MessagePackCodec<Percent>
{
    protected override void Serialize(ref MessagePackWriter writer, Percent value) => writer.Write(value.Value.ToString(CultureInfo.InvariantCulture));

    protected override Percent Deserialize(ref MessagePackReader reader) => new(double.Parse(reader.ReadString()!, CultureInfo.InvariantCulture));
}

/// <summary>All of them inside a value.</summary>
internal sealed record Ids(CustomerId Customer, CustomerId? None, Dictionary<CustomerId, Ticket> Tickets, List<Week> Weeks, Percent? Share);
