using System.Globalization;
using TypedCache.Generator.Keys;
using TypedCache.Keys;

namespace TypedCache.Generator.Tests.Keys;

/// <summary>What the generator says of formats, against what the types themselves do.</summary>
public sealed class KeyFormatTests
{
    private static readonly string[] Formats =
    [
        "D", "d", "N", "X", "x8", "G", "g", "B", "P", "R", "O", "o", "s", "t", "T", "u", "Y", "M", "f", "F2", "E3", "C", "c", "Q", "i",
        "yyyyMMdd", "yyyy-MM-dd'T'HH", "HHmm", "HH:mm:ss", "dddd MMMM", "'x'yyyy", "hh\\:mm", "d\\.hh", "zzz", "yyyy'", "0000", "#,##0.00",
        "mm", "%d", "%h", "yy/MM", "tt",
    ];

    private static readonly IReadOnlyDictionary<KeyValueType, IFormattable[]> Values = new Dictionary<KeyValueType, IFormattable[]>
    {
        [KeyValueType.SByte] = [sbyte.MinValue, sbyte.MaxValue],
        [KeyValueType.Byte] = [byte.MinValue, byte.MaxValue],
        [KeyValueType.Int16] = [short.MinValue, short.MaxValue],
        [KeyValueType.UInt16] = [ushort.MaxValue],
        [KeyValueType.Int32] = [int.MinValue, int.MaxValue, 0],
        [KeyValueType.UInt32] = [uint.MaxValue],
        [KeyValueType.Int64] = [long.MinValue, long.MaxValue],
        [KeyValueType.UInt64] = [ulong.MaxValue],
        [KeyValueType.Int128] = [Int128.MinValue, Int128.MaxValue],
        [KeyValueType.UInt128] = [UInt128.MaxValue],
        [KeyValueType.Decimal] = [decimal.MinValue, -0.0000000000000000000000000001m, 1.5m],
        [KeyValueType.Guid] = [Guid.AllBitsSet],
        [KeyValueType.TimeSpan] = [TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromDays(-100.123)],
        [KeyValueType.DateTime] = [.. Days(), .. Days().Select(static day => (IFormattable)DateTime.SpecifyKind((DateTime)day, DateTimeKind.Utc))],
        [KeyValueType.DateTimeOffset] = [.. Days().Select(static day => (IFormattable)new DateTimeOffset((DateTime)day, TimeSpan.FromHours(-14)))],
        [KeyValueType.DateOnly] = [.. Days().Select(static day => (IFormattable)DateOnly.FromDateTime((DateTime)day))],
        [KeyValueType.TimeOnly] = [.. Days().Select(static day => (IFormattable)TimeOnly.FromDateTime((DateTime)day))],
    };

    public static TheoryData<string> Types => [.. Values.Keys.Select(static type => type.ToString())];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_format_is_valid_where_the_type_takes_it(string typeName)
    {
        var type = Enum.Parse<KeyValueType>(typeName);

        Assert.All(Formats, format => Assert.True(
            Takes(Values[type], format) == (KeyFormat.FindMistake(type, format) is null or "it gives the same text for all values"),
            $"{type} {format}: {KeyFormat.FindMistake(type, format) ?? "valid"}"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void No_text_is_longer_than_the_bound(string typeName)
    {
        var type = Enum.Parse<KeyValueType>(typeName);
        var formats = Formats.Where(format => KeyFormat.FindMistake(type, format) is null).Append(null);

        foreach (var format in formats)
        {
            var longest = Values[type].Max(value => KeyLength(value.ToString(format ?? KeyFormat.Default(type), CultureInfo.InvariantCulture)));
            Assert.InRange(longest, 1, KeyFormat.MaxBytes(type, format, delimiter: 0)!.Value);
        }
    }

    [Theory]
    [InlineData("SByte", 4)]
    [InlineData("Byte", 3)]
    [InlineData("Int32", 11)]
    [InlineData("UInt64", 20)]
    [InlineData("Int128", 40)]
    [InlineData("Boolean", 5)]
    [InlineData("Char", 3)]
    [InlineData("Guid", 36)]
    [InlineData("Decimal", 31)]
    [InlineData("DateTime", 33)]
    [InlineData("DateTimeOffset", 33)]
    [InlineData("DateOnly", 10)]
    [InlineData("TimeOnly", 16)]
    [InlineData("TimeSpan", 26)]
    [InlineData("Version", 43)]
    public void The_bound_is_no_longer_than_it_has_to_be(string typeName, int bytes) =>
        Assert.Equal(bytes, KeyFormat.MaxBytes(Enum.Parse<KeyValueType>(typeName), format: null, delimiter: 0));

    [Fact]
    public void Floating_point_numbers_stay_within_their_bound()
    {
        var random = new Random(17);
        for (var i = 0; i < 100_000; i++)
        {
            var bits = random.NextInt64(long.MinValue, long.MaxValue);
            Assert.InRange(BitConverter.Int64BitsToDouble(bits).ToString(CultureInfo.InvariantCulture).Length, 1, KeyFormat.MaxBytes(KeyValueType.Double, null, 0)!.Value);
            Assert.InRange(BitConverter.Int32BitsToSingle((int)bits).ToString(CultureInfo.InvariantCulture).Length, 1, KeyFormat.MaxBytes(KeyValueType.Single, null, 0)!.Value);
        }

        var halves = Enumerable.Range(short.MinValue, ushort.MaxValue + 1).Select(static bits => BitConverter.Int16BitsToHalf((short)bits));
        Assert.Equal(KeyFormat.MaxBytes(KeyValueType.Half, null, 0), halves.Max(static half => half.ToString(CultureInfo.InvariantCulture).Length));
    }

    [Theory]
    [InlineData("Int32", null, ':', false)]
    [InlineData("Int32", null, '-', false)]
    [InlineData("Int32", null, '0', true)]
    [InlineData("Int32", "N0", ',', true)]
    [InlineData("Decimal", null, '.', true)]
    [InlineData("Double", null, 'E', true)]
    [InlineData("Double", null, ':', false)]
    [InlineData("String", null, ':', true)]
    [InlineData("Version", null, ':', false)]
    [InlineData("Version", null, '.', true)]
    [InlineData("Guid", null, '-', false)]
    [InlineData("TimeSpan", null, ':', false)]
    [InlineData("TimeSpan", null, '.', true)]
    [InlineData("TimeSpan", "g", ':', true)]
    [InlineData("DateTime", null, ':', false)]
    [InlineData("DateTime", null, '-', true)]
    [InlineData("DateOnly", null, '-', false)]
    [InlineData("DateOnly", "d-M", '-', true)]
    public void A_delimiter_is_escaped_where_the_text_can_contain_it(string typeName, string? format, char delimiter, bool expected) =>
        Assert.Equal(expected, KeyFormat.CanContain(Enum.Parse<KeyValueType>(typeName), format, (byte)delimiter));

    private static bool Takes(IFormattable[] values, string format)
    {
        try
        {
            return values.All(value => value.ToString(format, CultureInfo.InvariantCulture) is not null);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // The key writer of the runtime tells how long the text is once it is escaped.
    private static int KeyLength(string text)
    {
        var key = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        key.Append(text);
        return key.Finish().Length;
    }

    private static IEnumerable<IFormattable> Days() =>
        Enumerable.Range(0, 400).Select(static day => (IFormattable)new DateTime(2026, 1, 1, 0, 59, 59).AddDays(day).AddHours(day % 24).AddTicks(day * 123L));
}
