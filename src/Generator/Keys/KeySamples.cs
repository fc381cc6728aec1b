using System.Globalization;
using System.Numerics;

namespace TypedCache.Generator.Keys;

/// <summary>
/// The values of a type whose text is longest. Formatting them tells whether a format is valid and how long the text can get.
/// </summary>
internal static class KeySamples
{
    /// <summary>The texts of the samples; empty for types without samples.</summary>
    /// <exception cref="FormatException">The format is not one of the type.</exception>
    public static IReadOnlyList<string> Format(KeyValueType type, string? format) =>
        [.. Of(type).Select(sample => sample.ToString(format, CultureInfo.InvariantCulture))];

    private static IEnumerable<IFormattable> Of(KeyValueType type) => type switch
    {
        KeyValueType.SByte => [sbyte.MinValue, sbyte.MaxValue],
        KeyValueType.Byte => [byte.MinValue, byte.MaxValue],
        KeyValueType.Int16 => [short.MinValue, short.MaxValue],
        KeyValueType.UInt16 => [ushort.MinValue, ushort.MaxValue],
        KeyValueType.Int32 => [int.MinValue, int.MaxValue],
        KeyValueType.UInt32 => [uint.MinValue, uint.MaxValue],
        KeyValueType.Int64 => [long.MinValue, long.MaxValue],
        KeyValueType.UInt64 => [ulong.MinValue, ulong.MaxValue],
        KeyValueType.Int128 => [-BigInteger.Pow(2, 127), BigInteger.Pow(2, 127) - 1],
        KeyValueType.UInt128 => [BigInteger.Zero, BigInteger.Pow(2, 128) - 1],
        KeyValueType.Half or KeyValueType.Single or KeyValueType.Double => [-1.5, 2.25],
        KeyValueType.Decimal => [decimal.MinValue, decimal.MaxValue, new decimal(1, 0, 0, isNegative: true, scale: 28)],
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

    // One day of each weekday in each month, and each part of the day: the longest names and the widest numbers are among them.
    private static IEnumerable<DateTime> Days() =>
        from month in Enumerable.Range(1, 12)
        from day in Enumerable.Range(1, 14)
        select new DateTime(9999, month, day + 14, 11 + day % 2, 58, 59).AddTicks(day % 3 == 0 ? 0 : 1_234_567);
}
