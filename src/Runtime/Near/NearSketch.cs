using System.Runtime.InteropServices;
using TypedCache.Hashing;

namespace TypedCache.Near;

/// <summary>
/// About how often keys were asked for that are not in the table: a count-min sketch of 4 bits for each count, in blocks of one cache
/// line. It takes 16 to 32 bytes for each entry of the table. Only for who holds the table's lock.
/// </summary>
internal sealed class NearSketch
{
    private const int Rows = 4;
    private const int RowBytes = 16;
    private const int BlockBytes = Rows * RowBytes;
    private const int EntriesOfBlock = 4;

    // Two counts in each byte.
    private byte[] _counts = new byte[BlockBytes];

    /// <summary>Counts a key once more.</summary>
    /// <returns>The count.</returns>
    public int Increase(int hash)
    {
        var count = Math.Min(CountOf(hash) + 1, NearFrequency.Limit);
        Raise(hash, count);
        return count;
    }

    /// <summary>Makes a key's count at least so much.</summary>
    public void Raise(int hash, int count)
    {
        var mixed = BitMixer.Mix((uint)hash);
        for (var row = 0; row < Rows; row++)
        {
            var (place, shift) = PlaceOf(mixed, row);
            ref var both = ref _counts[place];
            if ((both >> shift & NearFrequency.Limit) < count)
            {
                both = (byte)(both & ~(NearFrequency.Limit << shift) | count << shift);
            }
        }
    }

    /// <summary>Halves all counts.</summary>
    public void Halve()
    {
        foreach (ref var sixteen in MemoryMarshal.Cast<byte, ulong>(_counts.AsSpan()))
        {
            sixteen = sixteen >> 1 & 0x7777_7777_7777_7777;
        }
    }

    /// <summary>Makes room for the keys of a larger table. Each block is copied for both that it becomes, so that no count is lost.</summary>
    public void Fit(int entries)
    {
        while (_counts.Length / BlockBytes * EntriesOfBlock < entries)
        {
            var doubled = new byte[_counts.Length * 2];
            _counts.CopyTo(doubled, 0);
            _counts.CopyTo(doubled, _counts.Length);
            _counts = doubled;
        }
    }

    private int CountOf(int hash)
    {
        var mixed = BitMixer.Mix((uint)hash);
        var least = NearFrequency.Limit;
        for (var row = 0; row < Rows; row++)
        {
            var (place, shift) = PlaceOf(mixed, row);
            least = Math.Min(least, _counts[place] >> shift & NearFrequency.Limit);
        }

        return least;
    }

    // The low half of the bits names the block. Of the high half each row takes four for the byte and one for its half.
    private (int Place, int Shift) PlaceOf(ulong mixed, int row)
    {
        var block = (int)(uint)mixed & (_counts.Length / BlockBytes - 1);
        var bits = (int)(mixed >> (32 + row * 5));
        return (block * BlockBytes + row * RowBytes + (bits & (RowBytes - 1)), bits >> 4 << 2 & 4);
    }
}
