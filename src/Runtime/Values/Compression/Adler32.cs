namespace TypedCache.Values;

/// <summary>The checksum at the end of zlib data (RFC 1950, section 9).</summary>
internal static class Adler32
{
    private const uint Modulus = 65521;

    // The most bytes after which the sums still fit in 32 bits.
    private const int BlockSize = 5552;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint low = 1;
        uint high = 0;
        while (!bytes.IsEmpty)
        {
            var block = bytes[..Math.Min(bytes.Length, BlockSize)];
            foreach (var value in block)
            {
                low += value;
                high += low;
            }

            low %= Modulus;
            high %= Modulus;
            bytes = bytes[block.Length..];
        }

        return (high << 16) | low;
    }
}
