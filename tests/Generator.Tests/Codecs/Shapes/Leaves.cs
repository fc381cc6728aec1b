using System.Collections;
using System.Numerics;
using System.Text;

namespace Shapes;

public enum Signed : sbyte { A = -128, B = 127 }

public enum Short : short { A = short.MinValue, B = 3 }

public enum UnsignedShort : ushort { A, B = ushort.MaxValue }

public enum Int { A = int.MinValue, B = -1 }

public enum UnsignedInt : uint { A, B = uint.MaxValue }

public enum Long : long { A = long.MinValue, B = long.MaxValue }

public enum UnsignedLong : ulong { A, B = ulong.MaxValue }

[MessagePackObject]
public class Enums
{
    [Key(0)] public Signed Signed { get; set; }

    [Key(1)] public Short Short { get; set; }

    [Key(2)] public UnsignedShort UnsignedShort { get; set; }

    [Key(3)] public Int Int { get; set; }

    [Key(4)] public UnsignedInt UnsignedInt { get; set; }

    [Key(5)] public Long Long { get; set; }

    [Key(6)] public UnsignedLong? UnsignedLong { get; set; }

    [Key(7)] public Dictionary<Int, Signed> Map { get; set; } = [];
}

[MessagePackObject(true)]
public class Numbers
{
    public bool Bool { get; set; }

    public sbyte SByte { get; set; }

    public byte Byte { get; set; }

    public short Short { get; set; }

    public ushort UShort { get; set; }

    public int Int { get; set; }

    public uint UInt { get; set; }

    public long Long { get; set; }

    public ulong ULong { get; set; }

    public float Float { get; set; }

    public double Double { get; set; }

    public decimal Decimal { get; set; }

    public char Char { get; set; }

    public Half Half { get; set; }

    public Int128 Int128 { get; set; }

    public UInt128 UInt128 { get; set; }

    public BigInteger BigInteger { get; set; }
}

[MessagePackObject(true)]
public class NullableNumbers
{
    public bool? Bool { get; set; }

    public sbyte? SByte { get; set; }

    public byte? Byte { get; set; }

    public short? Short { get; set; }

    public ushort? UShort { get; set; }

    public int? Int { get; set; }

    public uint? UInt { get; set; }

    public long? Long { get; set; }

    public ulong? ULong { get; set; }

    public float? Float { get; set; }

    public double? Double { get; set; }

    public decimal? Decimal { get; set; }

    public char? Char { get; set; }

    public Half? Half { get; set; }

    public Int128? Int128 { get; set; }

    public UInt128? UInt128 { get; set; }

    public BigInteger? BigInteger { get; set; }
}

public class Others
{
    public Guid Guid { get; set; }

    public DateTime DateTime { get; set; }

    public DateTimeOffset DateTimeOffset { get; set; }

    public TimeSpan TimeSpan { get; set; }

    public DateOnly DateOnly { get; set; }

    public TimeOnly TimeOnly { get; set; }

    public Rune Rune { get; set; }

    public Guid? NullableGuid { get; set; }

    public DateTime? NullableDateTime { get; set; }

    public DateTimeOffset? NullableDateTimeOffset { get; set; }

    public TimeSpan? NullableTimeSpan { get; set; }

    public DateOnly? NullableDateOnly { get; set; }

    public TimeOnly? NullableTimeOnly { get; set; }

    public Uri? Uri { get; set; }

    public Version? Version { get; set; }

    public StringBuilder? StringBuilder { get; set; }

    public BitArray? BitArray { get; set; }

    public Complex Complex { get; set; }

    public Vector2 Vector2 { get; set; }

    public Vector3 Vector3 { get; set; }

    public Vector4 Vector4 { get; set; }

    public Quaternion Quaternion { get; set; }

    public Matrix3x2 Matrix3x2 { get; set; }

    public Matrix4x4 Matrix4x4 { get; set; }
}

public class Blobs
{
    public byte[] Bytes { get; set; } = [];

    public byte[]? NullableBytes { get; set; }

    public Memory<byte> Memory { get; set; }

    public ReadOnlyMemory<byte> ReadOnlyMemory { get; set; }

    public ReadOnlyMemory<byte>? NullableMemory { get; set; }

    public ArraySegment<byte> Segment { get; set; }

    public System.Buffers.ReadOnlySequence<byte> Sequence { get; set; }
}

public static partial class Samples
{
    private static readonly Gen<byte[]> SomeBytes = Gen.Byte.Array[0, 300];

    public static Gen<Enums> Enums =>
        from signed in Gen.Enum<Signed>()
        from @short in Gen.Enum<Short>()
        from @ushort in Gen.Enum<UnsignedShort>()
        from @int in Gen.Enum<Int>()
        from @uint in Gen.Enum<UnsignedInt>()
        from @long in Gen.Enum<Long>()
        from @ulong in Gen.Enum<UnsignedLong>().Nullable()
        select new Enums
        {
            Signed = signed, Short = @short, UnsignedShort = @ushort, Int = @int, UnsignedInt = @uint, Long = @long, UnsignedLong = @ulong,
            Map = new() { [@int] = signed },
        };

    public static Gen<Numbers> Numbers =>
        from small in Gen.Select(Gen.Bool, Gen.SByte, Gen.Byte, Gen.Short, Gen.UShort)
        from large in Gen.Select(Gen.Int, Gen.UInt, Gen.Long, Gen.ULong)
        from real in Gen.Select(Gen.Float, Gen.Double, Gen.Decimal)
        from rare in Gen.Select(Gen.Char, Gen.Int128, Gen.UInt128, SomeBytes)
        select new Numbers
        {
            Bool = small.Item1, SByte = small.Item2, Byte = small.Item3, Short = small.Item4, UShort = small.Item5,
            Int = large.Item1, UInt = large.Item2, Long = large.Item3, ULong = large.Item4,
            Float = real.Item1, Double = real.Item2, Decimal = real.Item3, Half = (Half)real.Item1,
            Char = rare.Item1, Int128 = rare.Item2, UInt128 = rare.Item3, BigInteger = new BigInteger(rare.Item4),
        };

    public static Gen<NullableNumbers> NullableNumbers =>
        from numbers in Numbers
        from mask in Gen.Int
        select new NullableNumbers
        {
            Bool = Masked(numbers.Bool, mask, 0), SByte = Masked(numbers.SByte, mask, 1), Byte = Masked(numbers.Byte, mask, 2),
            Short = Masked(numbers.Short, mask, 3), UShort = Masked(numbers.UShort, mask, 4), Int = Masked(numbers.Int, mask, 5),
            UInt = Masked(numbers.UInt, mask, 6), Long = Masked(numbers.Long, mask, 7), ULong = Masked(numbers.ULong, mask, 8),
            Float = Masked(numbers.Float, mask, 9), Double = Masked(numbers.Double, mask, 10), Decimal = Masked(numbers.Decimal, mask, 11),
            Char = Masked(numbers.Char, mask, 12), Half = Masked(numbers.Half, mask, 13), Int128 = Masked(numbers.Int128, mask, 14),
            UInt128 = Masked(numbers.UInt128, mask, 15), BigInteger = Masked(numbers.BigInteger, mask, 16),
        };

    public static Gen<Others> Others =>
        from time in Gen.Select(Gen.Guid, Gen.DateTime, Gen.DateTimeOffset, Gen.TimeSpan, Gen.DateOnly, Gen.TimeOnly)
        from kind in Gen.OneOf(DateTimeKind.Local, DateTimeKind.Utc, DateTimeKind.Unspecified)
        from x in Gen.Float
        from number in Gen.Int[0, 1000]
        from bytes in SomeBytes
        from mask in Gen.Int
        select new Others
        {
            Guid = time.Item1, DateTime = System.DateTime.SpecifyKind(time.Item2, kind), DateTimeOffset = time.Item3, TimeSpan = time.Item4,
            DateOnly = time.Item5, TimeOnly = time.Item6,
            NullableGuid = Masked(time.Item1, mask, 0), NullableDateTime = Masked(time.Item2, mask, 1),
            NullableDateTimeOffset = Masked(time.Item3, mask, 2), NullableTimeSpan = Masked(time.Item4, mask, 3),
            NullableDateOnly = Masked(time.Item5, mask, 4), NullableTimeOnly = Masked(time.Item6, mask, 5),
            Rune = new Rune(number), Uri = mask > 0 ? new Uri("https://example.org/" + number) : number == 3 ? new Uri("/relative", UriKind.Relative) : null,
            Version = mask > 0 ? new Version(number, 2, 3) : null, StringBuilder = mask > 0 ? new StringBuilder("text" + number) : null,
            BitArray = mask > 0 ? new BitArray(bytes) : null, Complex = new Complex(x, number), Vector2 = new(x, 1), Vector3 = new(x, 1, 2),
            Vector4 = new(x, 1, 2, 3), Quaternion = new(x, 1, 2, 3), Matrix3x2 = Matrix3x2.CreateScale(x), Matrix4x4 = Matrix4x4.CreateScale(x),
        };

    public static Gen<Blobs> Blobs => SomeBytes.Select(Gen.Int, (bytes, mask) => new Blobs
    {
        Bytes = bytes, NullableBytes = mask > 0 ? bytes : null, Memory = bytes, ReadOnlyMemory = bytes,
        NullableMemory = Masked((ReadOnlyMemory<byte>)bytes, mask, 0), Segment = mask > 0 ? new(bytes) : default, Sequence = new(bytes),
    });

    public static Gen<Guid> Guid => Gen.Guid;

    public static Gen<Guid?> NullableGuid => Gen.Guid.Nullable();

    public static Gen<DateTime> DateTime => Gen.DateTime;

    public static Gen<DateTimeOffset> DateTimeOffset => Gen.DateTimeOffset;

    public static Gen<decimal> Decimal => Gen.Decimal;

    public static Gen<decimal?> NullableDecimal => Gen.Decimal.Nullable();

    public static Gen<char> Char => Gen.Char;

    public static Gen<Signed> Signed => Gen.Enum<Signed>();

    public static Gen<Uri> Uri => Gen.Int.Select(number => new Uri("https://example.org/" + number));

    public static Gen<Memory<byte>> Memory => SomeBytes.Select(bytes => (Memory<byte>)bytes);

    private static T? Masked<T>(T value, int mask, int bit)
        where T : struct => (mask & (1 << bit)) == 0 ? null : value;
}
