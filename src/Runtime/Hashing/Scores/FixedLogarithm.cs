using System.Numerics;

namespace TypedCache.Hashing;

/// <summary>
/// How many bits a draw is worth: -log2(1 - draw / 2^64), in units of 2^-40 and in integers alone, because the last bits of floating-point
/// logarithms differ between machines. It never falls while the draw rises.
/// </summary>
internal static class FixedLogarithm
{
    private const int FractionBits = 40;
    private const int IndexBits = 10;
    private const int StepBits = 32;

    // 1 - log2(1 + i / 1024), the end included. In between, the line from one to the next is less than 0.05 % too steep or too flat, by turns.
    private static readonly ulong[] Table = CreateTable();

    /// <summary>The logarithm: 0 to 64 * 2^40.</summary>
    public static ulong Of(ulong draw)
    {
        var rest = ~draw | 1;
        var zeros = BitOperations.LeadingZeroCount(rest);
        var mantissa = rest << zeros;
        var index = (int)(mantissa >> (63 - IndexBits)) & ((1 << IndexBits) - 1);
        var step = (uint)(mantissa >> (63 - IndexBits - StepBits));
        var table = Table;
        return ((ulong)zeros << FractionBits) + table[index] - (((table[index] - table[index + 1]) * step) >> StepBits);
    }

    /// <summary>Something that is never more than the logarithm, and quick to find: it is at least draw / 2^64.</summary>
    public static ulong AtLeast(ulong draw) => draw >> (64 - FractionBits);

    private static ulong[] CreateTable()
    {
        var table = new ulong[(1 << IndexBits) + 1];
        for (var i = 0; i < 1 << IndexBits; i++)
        {
            table[i] = (1UL << FractionBits) - Fraction((1UL << 63) + ((ulong)i << (63 - IndexBits)));
        }

        return table;
    }

    // The binary digits of log2 of a number from 1 to below 2: squaring doubles the logarithm, and halving what is then 2 or more takes a digit away.
    private static ulong Fraction(ulong number)
    {
        var digits = 0UL;
        for (var bit = 0; bit < FractionBits; bit++)
        {
            var square = Math.BigMul(number, number, out var low);
            var isTwoOrMore = square >> 63;
            digits = (digits << 1) | isTwoOrMore;
            number = isTwoOrMore == 1 ? square : (square << 1) | (low >> 63);
        }

        return digits;
    }
}
