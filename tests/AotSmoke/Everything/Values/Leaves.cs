using System.Collections;
using System.Numerics;
using System.Text;

namespace TypedCache.AotSmoke.Values;

/// <summary>Every type which is written by one call.</summary>
public sealed class Leaves
{
    public bool Bool { get; set; }

    public sbyte SByte { get; set; }

    public ushort Port { get; set; }

    public long Large { get; set; }

    public float Approximate { get; set; }

    public char Letter { get; set; }

    public decimal Amount { get; set; }

    public Half Half { get; set; }

    public Int128 Int128 { get; set; }

    public UInt128 UInt128 { get; set; }

    public BigInteger BigInteger { get; set; }

    public Complex Complex { get; set; }

    public Vector3 Vector3 { get; set; }

    public Matrix4x4 Matrix { get; set; }

    public Guid Id { get; set; }

    public DateTime DateTime { get; set; }

    public DateTimeOffset DateTimeOffset { get; set; }

    public DateOnly DateOnly { get; set; }

    public TimeOnly TimeOnly { get; set; }

    public TimeSpan? TimeSpan { get; set; }

    public DayOfWeek Day { get; set; }

    public Uri? Uri { get; set; }

    public Version? Version { get; set; }

    public Rune Rune { get; set; }

    public StringBuilder? Text { get; set; }

    public BitArray? Bits { get; set; }

    public byte[]? Bytes { get; set; }

    public ReadOnlyMemory<byte> Memory { get; set; }
}
