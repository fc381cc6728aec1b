using System.Buffers;
using System.Buffers.Binary;

namespace TypedCache.Values.Java;

/// <summary>
/// Numbers big-endian without the zero bytes at their beginning (spymemcached's TranscoderUtils.java, <c>encodeNum</c> and
/// <c>decodeLong</c>). Zero has no bytes.
/// </summary>
internal static class PackedNumber
{
    /// <summary>Writes a number.</summary>
    /// <param name="bits">The number; a negative one in two's complement.</param>
    /// <param name="size">How many bytes the type has.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(ulong bits, int size, IBufferWriter<byte> output)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(wide, bits);
        output.Write(wide[^size..].TrimStart((byte)0));
    }

    /// <summary>Reads a number. xmemcached can be told to keep the zero bytes (<c>setPackZeros</c>).</summary>
    /// <returns>False if the bytes are too many, or begin with a zero although some are missing.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int size, out ulong bits)
    {
        bits = 0;
        if (bytes.Length > size || (bytes.Length < size && bytes is [0, ..]))
        {
            return false;
        }

        foreach (var value in bytes)
        {
            bits = (bits << 8) | value;
        }

        return true;
    }
}
