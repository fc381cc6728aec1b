using System.Security.Cryptography;

namespace TypedCache.Keys;

/// <summary>Shortens keys: the tail becomes a hash of the whole key.</summary>
internal static class KeyTail
{
    private const int HashBytes = 16;

    /// <summary>The mark and the hash, in bytes. No shorter key can be made.</summary>
    public const int Length = 2 + (2 * HashBytes);

    // '%' in a variable part is always followed by two hex digits, so no argument can imitate the mark of a hashed tail.
    private static ReadOnlySpan<byte> Mark => "%="u8;

    /// <summary>Writes the shortened key.</summary>
    /// <param name="key">A key that is longer than <paramref name="limit"/>.</param>
    /// <param name="limit">How many bytes there may be: at least <see cref="Length"/>.</param>
    /// <param name="target">Where the shortened key goes; it may begin where <paramref name="key"/> does.</param>
    /// <param name="shownAs">What is shown in the place of the key; null: the key itself.</param>
    /// <returns>How many bytes there are. No character is cut, so it can be up to three less than the limit.</returns>
    /// <exception cref="CacheKeyException">The limit leaves no room for a hash.</exception>
    public static int Write(ReadOnlySpan<byte> key, int limit, Span<byte> target, string? shownAs = null)
    {
        if (limit < Length)
        {
            throw new CacheKeyException(
                $"The key {ShownText.Of(key, shownAs)} has {key.Length} bytes, and the pool's KeyPrefix leaves {limit}; a shortened key needs {Length}. Shorten the prefix.");
        }

        // SHA-256 cut to 128 bits: arguments may come from outside, so nobody may be able to find two with the same hash.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        var kept = StartOfCharacter(key, limit - Length);
        key[..kept].CopyTo(target);
        Mark.CopyTo(target[kept..]);
        var digits = target.Slice(kept + Mark.Length, 2 * HashBytes);
        for (var i = 0; i < HashBytes; i++)
        {
            digits[2 * i] = HexDigit(hash[i] >> 4);
            digits[(2 * i) + 1] = HexDigit(hash[i] & 0xF);
        }

        return kept + Length;
    }

    /// <summary>A hexadecimal digit.</summary>
    public static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);

    private static int StartOfCharacter(ReadOnlySpan<byte> key, int position)
    {
        const int LongestCharacter = 4;
        for (var start = position; start > 0 && start > position - LongestCharacter; start--)
        {
            if ((key[start] & 0xC0) != 0x80)
            {
                return start;
            }
        }

        return position;
    }
}
