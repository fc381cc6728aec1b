namespace TypedCache.Generator.Keys.Texts;

/// <summary>
/// A set of bytes. It can also have what stands for the whole text of a type that formats itself, which nobody here knows: a part of
/// such a type <em>gives</em> it, all other parts <em>take</em> it.
/// </summary>
internal readonly struct ByteSet : IEquatable<ByteSet>
{
    /// <summary>What stands for an unknown text among <see cref="Symbols"/>.</summary>
    public const int UnknownText = 256;

    private const int WordBits = 64;
    private const ulong TakesBit = 1;
    private const ulong GivesBit = 2;

    // Bytes that read well stand for all others where an example is shown.
    private const string Preferred = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-_:.";

    /// <summary>No byte, but an unknown text as a whole.</summary>
    public static readonly ByteSet TakesUnknownText = new(0, 0, 0, 0, TakesBit);

    /// <summary>Nothing but an unknown text.</summary>
    public static readonly ByteSet GivesUnknownText = new(0, 0, 0, 0, TakesBit | GivesBit);

    private static readonly int[] Order =
        [.. Preferred.Select(static character => (int)character).Concat(Enumerable.Range(0, UnknownText + 1)).Distinct()];

    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;
    private readonly ulong _unknown;

    private ByteSet(ulong word0, ulong word1, ulong word2, ulong word3, ulong unknown) =>
        (_word0, _word1, _word2, _word3, _unknown) = (word0, word1, word2, word3, unknown);

    public bool IsEmpty => (_word0 | _word1 | _word2 | _word3 | _unknown) == 0;

    /// <summary>The bytes, and perhaps <see cref="UnknownText"/>; those that read well come first.</summary>
    public IEnumerable<int> Symbols
    {
        get
        {
            foreach (var symbol in Order)
            {
                if (Contains(symbol))
                {
                    yield return symbol;
                }
            }
        }
    }

    /// <summary>How well the first of the symbols reads: the lower, the better.</summary>
    public int Rank
    {
        get
        {
            var rank = 0;
            while (rank < Order.Length && !Contains(Order[rank]))
            {
                rank++;
            }

            return rank;
        }
    }

    public static ByteSet Of(byte value)
    {
        var bit = 1UL << (value % WordBits);
        return (value / WordBits) switch
        {
            0 => new ByteSet(bit, 0, 0, 0, 0),
            1 => new ByteSet(0, bit, 0, 0, 0),
            2 => new ByteSet(0, 0, bit, 0, 0),
            _ => new ByteSet(0, 0, 0, bit, 0),
        };
    }

    public static ByteSet Of(IEnumerable<byte> values) => values.Aggregate(default(ByteSet), static (set, value) => set | Of(value));

    /// <summary>The set of ASCII characters.</summary>
    public static ByteSet Of(string characters) => Of(characters.Select(static character => (byte)character));

    /// <summary>All bytes from the first to the last one.</summary>
    public static ByteSet Range(byte first, byte last) => Of(Enumerable.Range(first, last - first + 1).Select(static value => (byte)value));

    /// <summary>What both can go on with: an unknown text only where one of them gives it.</summary>
    public static ByteSet Common(ByteSet left, ByteSet right) => new(
        left._word0 & right._word0,
        left._word1 & right._word1,
        left._word2 & right._word2,
        left._word3 & right._word3,
        ((left._unknown | right._unknown) & GivesBit) != 0 ? left._unknown & right._unknown & TakesBit : 0);

    public bool Contains(int symbol) => (symbol / WordBits) switch
    {
        0 => (_word0 >> symbol & 1) != 0,
        1 => (_word1 >> (symbol % WordBits) & 1) != 0,
        2 => (_word2 >> (symbol % WordBits) & 1) != 0,
        3 => (_word3 >> (symbol % WordBits) & 1) != 0,
        _ => _unknown != 0,
    };

    public ByteSet Except(ByteSet other) => new(
        _word0 & ~other._word0, _word1 & ~other._word1, _word2 & ~other._word2, _word3 & ~other._word3, _unknown & ~other._unknown);

    public bool Equals(ByteSet other) =>
        _word0 == other._word0 && _word1 == other._word1 && _word2 == other._word2 && _word3 == other._word3 && _unknown == other._unknown;

    public override bool Equals(object? obj) => obj is ByteSet other && Equals(other);

    public override int GetHashCode() => (_word0, _word1, _word2, _word3, _unknown).GetHashCode();

    public static ByteSet operator &(ByteSet left, ByteSet right) => new(
        left._word0 & right._word0, left._word1 & right._word1, left._word2 & right._word2, left._word3 & right._word3, left._unknown & right._unknown);

    public static ByteSet operator |(ByteSet left, ByteSet right) => new(
        left._word0 | right._word0, left._word1 | right._word1, left._word2 | right._word2, left._word3 | right._word3, left._unknown | right._unknown);
}
