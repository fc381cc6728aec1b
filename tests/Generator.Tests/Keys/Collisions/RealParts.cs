using System.Globalization;
using System.Numerics;
using TypedCache.Generator.Keys;

namespace TypedCache.Generator.Tests.Keys.Collisions;

/// <summary>Placeholders of all types, in their own format and in others.</summary>
internal static class RealParts
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static IReadOnlyList<RealPart> All { get; } =
    [
        new TextPart(isChar: false, 0), new TextPart(isChar: false, 0), new TextPart(isChar: false, 2), new TextPart(isChar: true, 0),
        new BoolPart(), new EnumPart(),
        .. Integers<sbyte>(KeyValueType.SByte), .. Integers<byte>(KeyValueType.Byte), .. Integers<short>(KeyValueType.Int16),
        .. Integers<ushort>(KeyValueType.UInt16), .. Integers<int>(KeyValueType.Int32), .. Integers<uint>(KeyValueType.UInt32),
        .. Integers<long>(KeyValueType.Int64), .. Integers<ulong>(KeyValueType.UInt64), .. Integers<Int128>(KeyValueType.Int128),
        .. Integers<UInt128>(KeyValueType.UInt128),
        .. Floats<Half>(KeyValueType.Half), .. Floats<float>(KeyValueType.Single), .. Floats<double>(KeyValueType.Double),
        .. new[] { null, "F2", "N1", "G", "0.0" }.Select(Decimal),
        .. new[] { null, "N", "B", "X" }.Select(format => new RealPart<Guid>(
            KeyValueType.Guid, format, static random => Guid.Parse($"{random.Next():x8}-0000-4000-8000-{random.Next(1000):d12}"), static text => Guid.TryParse(text, out var value) ? [value] : [])),
        new RealPart<Version>(KeyValueType.Version, null, static random => random.Next(2) == 0 ? new Version(random.Next(3), random.Next(3)) : new Version(1, 2, 3, random.Next()),
            static text => Version.TryParse(text, out var value) ? [value] : []),
        .. new[] { null, "c", "g", "G", @"hh\:mm", @"d\.hh", "ss" }.Select(TimeSpans),
        .. new[] { null, "yyyyMMdd", "yyyy-MM-dd", "s", "u", "R", "ddd", "MMMM", "HHmm", "dd.MM.yyyy", "yy", "d", "%d", "%M", "hh tt", "ss.FFF", "yyyy-MM-ddTHH:mm:ssK" }.Select(DateTimes),
        .. new[] { null, "yyyyMMdd", "u", "zzz", "yyyy-MM-dd zzz" }.Select(DateTimeOffsets),
        .. new[] { null, "yyyyMMdd", "o", "M", "Y", "dd", "yyyy" }.Select(DateOnlys),
        .. new[] { null, "HHmm", "HH:mm:ss", "t", "hh", "%H" }.Select(TimeOnlys),
    ];

    private static IEnumerable<RealPart> Integers<T>(KeyValueType type)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        new[] { null, "D5", "X", "x4", "B", "N0", "000", "F1", "G", "G3", "E2", "#,##0", "0-0" }.Select(format => new RealPart<T>(type, format, Integer<T>, text => Parse<T>(text, format)));

    private static T Integer<T>(Random random)
        where T : IBinaryInteger<T>, IMinMaxValue<T> => random.Next(6) switch
        {
            0 => T.CreateSaturating(random.Next(-3, 12)),
            1 => T.CreateSaturating(random.Next(-300, 3000)),
            2 => T.CreateTruncating(random.NextInt64(long.MinValue, long.MaxValue)),
            3 => random.Next(2) == 0 ? T.MinValue : T.MaxValue,
            4 => T.CreateSaturating(random.Next(19000101, 20991231)),
            _ => T.CreateSaturating(random.Next(100)),
        };

    private static IEnumerable<T> Parse<T>(string text, string? format)
        where T : IBinaryInteger<T>
    {
        var style = format?[0] switch
        {
            'X' or 'x' => NumberStyles.AllowHexSpecifier,
            'B' => NumberStyles.AllowBinarySpecifier,
            _ => NumberStyles.Any,
        };
        if (T.TryParse(text, style, Invariant, out var value))
        {
            yield return value;
        }

        // With leading zeros, more digits than the type has.
        if (style != NumberStyles.Any && T.TryParse(text.TrimStart('0'), style, Invariant, out var trimmed))
        {
            yield return trimmed;
        }

        if (T.TryParse(text.Replace("-", "", StringComparison.Ordinal), NumberStyles.Any, Invariant, out var digits))
        {
            yield return digits;
            if (T.TryParse("-" + text.Replace("-", "", StringComparison.Ordinal), NumberStyles.Any, Invariant, out var negative))
            {
                yield return negative;
            }
        }
    }

    private static IEnumerable<RealPart> Floats<T>(KeyValueType type)
        where T : IBinaryFloatingPointIeee754<T>, IMinMaxValue<T> =>
        new[] { null, "R", "F2", "N0", "E3", "G4", "0.00" }.Select(format => new RealPart<T>(type, format, Float<T>, Parse<T>));

    private static T Float<T>(Random random)
        where T : IBinaryFloatingPointIeee754<T>, IMinMaxValue<T> => random.Next(7) switch
        {
            0 => T.CreateSaturating(random.Next(-3, 12)),
            1 => T.CreateSaturating(random.Next(-40, 40)) / T.CreateChecked(4),
            2 => T.CreateSaturating(random.NextDouble()),
            3 => T.CreateSaturating(BitConverter.Int64BitsToDouble(random.NextInt64())),
            4 => random.Next(3) switch { 0 => T.NaN, 1 => T.PositiveInfinity, _ => T.NegativeInfinity },
            5 => random.Next(3) switch { 0 => T.NegativeZero, 1 => T.MaxValue, _ => T.Epsilon },
            _ => T.CreateSaturating(Math.Pow(10, random.Next(-8, 20)) * random.Next(1, 100)),
        };

    private static IEnumerable<T> Parse<T>(string text)
        where T : IBinaryFloatingPointIeee754<T>
    {
        if (T.TryParse(text, NumberStyles.Any, Invariant, out var value))
        {
            yield return value;
        }

        yield return T.NaN;

        // Rounds to a zero with a sign, which no zero has in a key.
        yield return -T.Epsilon;
    }

    private static RealPart Decimal(string? format) => new RealPart<decimal>(
        KeyValueType.Decimal,
        format,
        static random => random.Next(4) switch
        {
            0 => random.Next(-5, 12),
            1 => new decimal(random.Next(), 0, 0, random.Next(2) == 0, (byte)random.Next(0, 12)),
            2 => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(0, 29)),
            _ => random.Next(-400, 400) / 4m,
        },
        static text => decimal.TryParse(text, NumberStyles.Any, Invariant, out var value) ? [value, -value, -0.0000000000000000000000000001m] : []);

    private static RealPart TimeSpans(string? format) => new RealPart<TimeSpan>(
        KeyValueType.TimeSpan,
        format,
        static random => random.Next(4) switch
        {
            0 => TimeSpan.FromMinutes(random.Next(-3000, 3000)),
            1 => TimeSpan.FromTicks(random.NextInt64()),
            2 => TimeSpan.FromSeconds(random.Next(0, 100)),
            _ => random.Next(2) == 0 ? TimeSpan.MinValue : TimeSpan.MaxValue,
        },
        text => TimeSpan.TryParseExact(text, format ?? "c", Invariant, out var value) ? [value] : []);

    private static RealPart DateTimes(string? format)
    {
        var kinds = new[] { DateTimeKind.Unspecified, DateTimeKind.Utc, DateTimeKind.Local };
        return new RealPart<DateTime>(
            KeyValueType.DateTime,
            format,
            random => DateTime.SpecifyKind(Moment(random), kinds[random.Next(3)]),
            text => Moments(text, format ?? "O").SelectMany(value => kinds.Select(kind => DateTime.SpecifyKind(value, kind))));
    }

    private static RealPart DateTimeOffsets(string? format) => new RealPart<DateTimeOffset>(
        KeyValueType.DateTimeOffset,
        format,
        static random => new DateTimeOffset(Moment(random).AddDays(random.Next(2)), TimeSpan.FromMinutes(random.Next(-840, 841))),
        text => DateTimeOffset.TryParseExact(text, format ?? "O", Invariant, DateTimeStyles.None, out var value) ? [value] : []);

    private static RealPart DateOnlys(string? format) => new RealPart<DateOnly>(
        KeyValueType.DateOnly,
        format,
        static random => DateOnly.FromDateTime(Moment(random)),
        text => Moments(text, DateFormat.Custom(KeyValueType.DateOnly, format ?? "o")).Select(DateOnly.FromDateTime));

    private static RealPart TimeOnlys(string? format) => new RealPart<TimeOnly>(
        KeyValueType.TimeOnly,
        format,
        static random => TimeOnly.FromDateTime(Moment(random)),
        text => Moments(text, DateFormat.Custom(KeyValueType.TimeOnly, format ?? "o")).Select(TimeOnly.FromDateTime));

    private static DateTime Moment(Random random) => random.Next(3) switch
    {
        0 => new DateTime(random.Next(1, 10000), random.Next(1, 13), random.Next(1, 29), random.Next(24), random.Next(60), random.Next(60)).AddTicks(random.Next(10_000_000)),
        1 => new DateTime(2000 + random.Next(30), random.Next(1, 13), random.Next(1, 29)),
        _ => new DateTime(2024, 2, 29, random.Next(24), 0, 0),
    };

    // A text without a year can be the 29th of February.
    private static IEnumerable<DateTime> Moments(string text, string format) =>
        DateTime.TryParseExact(text, format, Invariant, DateTimeStyles.NoCurrentDateDefault, out var value) || DateTime.TryParseExact(text + " 2024", format.Length == 1 ? "MMMM dd yyyy" : $"{format} yyyy", Invariant, DateTimeStyles.NoCurrentDateDefault, out value)
            ? [value, DateTime.TryParseExact(text, format, Invariant, DateTimeStyles.AdjustToUniversal, out var utc) ? utc : value]
            : Enumerable.Range(0, format == "ddd" ? 7 : 0).Select(static day => new DateTime(2024, 1, 1).AddDays(day));
}
