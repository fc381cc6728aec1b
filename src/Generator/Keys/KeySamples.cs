using System.Globalization;
using System.Numerics;

namespace TypedCache.Generator.Keys;

/// <summary>
/// The values of a type whose text is longest, and those for which a custom format can have a section of its own. Formatting them tells whether a format is valid and how long the text can get.
/// </summary>
internal static class KeySamples
{
    /// <summary>The texts of the samples; empty for types without samples.</summary>
    /// <exception cref="FormatException">The format is not one of the type.</exception>
    public static IReadOnlyList<string> Format(KeyValueType type, string? format) =>
        [.. Of(type).Select(sample => sample.ToString(format, CultureInfo.InvariantCulture))];

    private static IEnumerable<IFormattable> Of(KeyValueType type) => type switch
    {
        KeyValueType.SByte => [sbyte.MinValue, sbyte.MaxValue, (sbyte)0],
        KeyValueType.Byte => [byte.MinValue, byte.MaxValue],
        KeyValueType.Int16 => [short.MinValue, short.MaxValue, (short)0],
        KeyValueType.UInt16 => [ushort.MinValue, ushort.MaxValue],
        KeyValueType.Int32 => [int.MinValue, int.MaxValue, 0],
        KeyValueType.UInt32 => [uint.MinValue, uint.MaxValue],
        KeyValueType.Int64 => [long.MinValue, long.MaxValue, 0L],
        KeyValueType.UInt64 => [ulong.MinValue, ulong.MaxValue],
        KeyValueType.Int128 => [-BigInteger.Pow(2, 127), BigInteger.Pow(2, 127) - 1, BigInteger.Zero],
        KeyValueType.UInt128 => [BigInteger.Zero, BigInteger.Pow(2, 128) - 1],
        KeyValueType.Half or KeyValueType.Single or KeyValueType.Double => [-1.5, 2.25, 0.0],
        KeyValueType.Decimal => [decimal.MinValue, decimal.MaxValue, new decimal(1, 0, 0, isNegative: true, scale: 28), decimal.Zero],
        KeyValueType.Guid => [Guid.Empty],
        KeyValueType.TimeSpan => [TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero],
        KeyValueType.DateTimeOffset => Days().Select(day => (IFormattable)new DateTimeOffset(day, TimeSpan.FromHours(-11))),
        KeyValueType.DateTime => DateTimes(),
        KeyValueType.DateOnly or KeyValueType.TimeOnly => Days().Cast<IFormattable>(),
        _ => [],
    };

    private static IEnumerable<IFormattable> DateTimes() =>
        from day in Days()
        from kind in new[] { DateTimeKind.Unspecified, DateTimeKind.Utc, DateTimeKind.Local }
        select (IFormattable)DateTime.SpecifyKind(day, kind);

    // The longest names and widest numbers, and the shortest: a Wednesday in September, one in a month with two digits, and a Friday in
    // May with single digits.
    private static IEnumerable<DateTime> Days() =>
    [
        new DateTime(2027, 9, 29, 23, 58, 59).AddTicks(1_234_567),
        new DateTime(2027, 11, 24, 23, 58, 59).AddTicks(1_234_567),
        new DateTime(2004, 5, 7, 1, 2, 3),
    ];
}
