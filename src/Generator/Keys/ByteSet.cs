namespace TypedCache.Generator.Keys;

/// <summary>A set of bytes.</summary>
internal readonly struct ByteSet
{
    private const int WordBits = 64;

    // Bytes that read well stand for all others where an example is shown.
    private const string Preferred = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_:.";

    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;

    private ByteSet(ulong word0, ulong word1, ulong word2, ulong word3) =>
        (_word0, _word1, _word2, _word3) = (word0, word1, word2, word3);

    public bool IsEmpty => (_word0 | _word1 | _word2 | _word3) == 0;

    public static ByteSet Of(byte value)
    {
        var bit = 1UL << (value % WordBits);
        return (value / WordBits) switch
        {
            0 => new ByteSet(bit, 0, 0, 0),
            1 => new ByteSet(0, bit, 0, 0),
            2 => new ByteSet(0, 0, bit, 0),
            _ => new ByteSet(0, 0, 0, bit),
        };
    }

    public static ByteSet Of(IEnumerable<byte> values) => values.Aggregate(default(ByteSet), static (set, value) => set | Of(value));

    /// <summary>The set of ASCII characters.</summary>
    public static ByteSet Of(string characters) => Of(characters.Select(static character => (byte)character));

    /// <summary>All bytes from the first to the last one.</summary>
    public static ByteSet Range(byte first, byte last) => Of(Enumerable.Range(first, last - first + 1).Select(static value => (byte)value));

    public bool Contains(byte value) => !(this & Of(value)).IsEmpty;

    public ByteSet Except(ByteSet other) =>
        new(_word0 & ~other._word0, _word1 & ~other._word1, _word2 & ~other._word2, _word3 & ~other._word3);

    /// <summary>One byte of a set that is not empty.</summary>
    public byte Example()
    {
        foreach (var character in Preferred)
        {
            if (Contains((byte)character))
            {
                return (byte)character;
            }
        }

        var value = byte.MinValue;
        while (!Contains(value))
        {
            value++;
        }

        return value;
    }

    public static ByteSet operator &(ByteSet left, ByteSet right) =>
        new(left._word0 & right._word0, left._word1 & right._word1, left._word2 & right._word2, left._word3 & right._word3);

    public static ByteSet operator |(ByteSet left, ByteSet right) =>
        new(left._word0 | right._word0, left._word1 | right._word1, left._word2 | right._word2, left._word3 | right._word3);
}
