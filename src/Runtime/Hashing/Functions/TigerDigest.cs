using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace TypedCache.Hashing;

/// <summary>
/// The three words of a Tiger (Anderson and Biham, "Tiger: A Fast New Hash Function", 1996) as Enyim's clients compute it, for keys and rings
/// that are shared with them. It protects nothing here.
/// </summary>
/// <remarks>
/// Enyim's TigerHash.cs adds a block where the bytes end 9 bytes before a block does, which the standard does not. Everything else is the
/// standard's.
/// </remarks>
[InlineArray(Words)]
internal struct TigerDigest
{
    /// <summary>How long a digest is, in bytes.</summary>
    public const int Size = Words * sizeof(ulong);

    private const int Words = 3;
    private const int BlockSize = 64;
    private const int BlockWords = BlockSize / sizeof(ulong);
    private const int BoxSize = 256;
    private const int Boxes = 4;
    private const int TablePasses = 5;
    private const byte EndMark = 0x01;

    private static readonly ulong[] Table = CreateTable();

    private ulong _word;

    /// <summary>Digests bytes.</summary>
    public static TigerDigest Of(ReadOnlySpan<byte> bytes)
    {
        var digest = Begin();
        var bits = (ulong)bytes.Length * 8;
        for (; bytes.Length >= BlockSize; bytes = bytes[BlockSize..])
        {
            digest.Add(bytes, Table);
        }

        Span<byte> last = stackalloc byte[BlockSize];
        last.Clear();
        bytes.CopyTo(last);
        last[bytes.Length] = EndMark;
        if (bytes.Length >= BlockSize - sizeof(ulong) - 1)
        {
            digest.Add(last, Table);
            last.Clear();
        }

        BinaryPrimitives.WriteUInt64LittleEndian(last[(BlockSize - sizeof(ulong))..], bits);
        digest.Add(last, Table);
        return digest;
    }

    /// <summary>Writes the digest's <see cref="Size"/> bytes.</summary>
    public readonly void CopyTo(Span<byte> bytes)
    {
        for (var i = 0; i < Words; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(i * sizeof(ulong))..], this[i]);
        }
    }

    private static TigerDigest Begin()
    {
        var digest = new TigerDigest();
        digest[0] = 0x0123456789ABCDEF;
        digest[1] = 0xFEDCBA9876543210;
        digest[2] = 0xF096A5B4C3B2E187;
        return digest;
    }

    // The authors' own way to their tables: from the numbers 0 to 255 in every column, which the digest itself mixes.
    private static ulong[] CreateTable()
    {
        var table = new ulong[Boxes * BoxSize];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = (byte)i * 0x0101010101010101UL;
        }

        var seed = Encoding.ASCII.GetBytes("Tiger - A Fast New Hash Function, by Ross Anderson and Eli Biham");
        var digest = Begin();
        var word = Words;
        for (var step = 0; step < TablePasses * table.Length; step++)
        {
            if (word == Words)
            {
                digest.Add(seed, table);
                word = 0;
            }

            SwapColumns(table.AsSpan(step % Boxes * BoxSize, BoxSize), step / Boxes % BoxSize, digest[word++]);
        }

        return table;
    }

    private static void SwapColumns(Span<ulong> box, int row, ulong rows)
    {
        for (var shift = 0; shift < sizeof(ulong) * 8; shift += 8)
        {
            var other = (byte)(rows >> shift);
            var difference = (box[row] ^ box[other]) & (0xFFUL << shift);
            box[row] ^= difference;
            box[other] ^= difference;
        }
    }

    private static void Schedule(Span<ulong> x)
    {
        x[0] -= x[7] ^ 0xA5A5A5A5A5A5A5A5;
        x[1] ^= x[0];
        x[2] += x[1];
        x[3] -= x[2] ^ (~x[1] << 19);
        x[4] ^= x[3];
        x[5] += x[4];
        x[6] -= x[5] ^ (~x[4] >> 23);
        x[7] ^= x[6];
        x[0] += x[7];
        x[1] -= x[0] ^ (~x[7] << 19);
        x[2] ^= x[1];
        x[3] += x[2];
        x[4] -= x[3] ^ (~x[2] >> 23);
        x[5] ^= x[4];
        x[6] += x[5];
        x[7] -= x[6] ^ 0x0123456789ABCDEF;
    }

    private void Add(ReadOnlySpan<byte> block, ulong[] table)
    {
        Span<ulong> words = stackalloc ulong[BlockWords];
        for (var i = 0; i < BlockWords; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * sizeof(ulong))..]);
        }

        // The three change places from round to round, and are back where they were after all 24.
        var (a, b, c) = (this[0], this[1], this[2]);
        for (var multiplier = 5u; multiplier <= 9; multiplier += 2)
        {
            if (multiplier > 5)
            {
                Schedule(words);
            }

            foreach (var word in words)
            {
                c ^= word;
                a -= Even(table, c);
                b = (b + Odd(table, c)) * multiplier;
                (a, b, c) = (b, c, a);
            }
        }

        this[0] ^= a;
        this[1] = b - this[1];
        this[2] += c;
    }

    private static ulong Even(ulong[] table, ulong c) =>
        table[(byte)c] ^ table[BoxSize + (byte)(c >> 16)] ^ table[(2 * BoxSize) + (byte)(c >> 32)] ^ table[(3 * BoxSize) + (byte)(c >> 48)];

    private static ulong Odd(ulong[] table, ulong c) =>
        table[(3 * BoxSize) + (byte)(c >> 8)] ^ table[(2 * BoxSize) + (byte)(c >> 24)] ^ table[BoxSize + (byte)(c >> 40)] ^ table[(byte)(c >> 56)];
}
