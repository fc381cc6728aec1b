using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace TypedCache.Values;

/// <summary>The zlib format (RFC 1950), as both PHP extensions write it.</summary>
internal static class Zlib
{
    private const int ChecksumSize = 4;
    private const int ChunkSize = 16 * 1024;

    /// <summary>Compresses in place.</summary>
    /// <param name="value">The bytes, which are replaced only on success.</param>
    /// <param name="header">What to put before the compressed bytes.</param>
    /// <param name="largest">The largest compressed size, without the header, that is worth it.</param>
    /// <returns>False if the result would be larger than <paramref name="largest"/>.</returns>
    public static bool TryCompress(PayloadBuffer value, ReadOnlySpan<byte> header, int largest)
    {
        if (largest <= 0)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(largest);
        try
        {
            using var target = new BoundedStream(buffer, largest);
            using (var zlib = new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true))
            {
                zlib.Write(value.WrittenSpan);
            }

            if (target.HasOverflowed)
            {
                return false;
            }

            value.Clear();
            value.Write(header);
            value.Write(target.Written);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Expands. Nothing may follow the zlib data: bytes appended to a compressed value would be silently lost.</summary>
    /// <exception cref="InvalidDataException">The data is damaged, cut off, or expands to more than <paramref name="maxSize"/>.</exception>
    public static void Expand(ReadOnlyMemory<byte> compressed, int maxSize, PayloadBuffer output)
    {
        Inflate(compressed, maxSize, output);

        // ZLibStream takes data that ends early as complete, so the checksum at the end has to be checked here.
        if (compressed.Length < ChecksumSize
            || BinaryPrimitives.ReadUInt32BigEndian(compressed.Span[^ChecksumSize..]) != Adler32.Of(output.WrittenSpan))
        {
            throw new InvalidDataException("The zlib data is damaged, cut off, or has bytes appended to it.");
        }
    }

    private static void Inflate(ReadOnlyMemory<byte> compressed, int maxSize, PayloadBuffer output)
    {
        using var source = Open(compressed);
        using var zlib = new ZLibStream(source, CompressionMode.Decompress);
        while (true)
        {
            // One byte more than allowed is enough to tell that there is too much.
            var room = (int)Math.Min(ChunkSize, (long)maxSize - output.Length + 1);
            var read = zlib.Read(output.GetSpan(room)[..room]);
            if (read == 0)
            {
                break;
            }

            output.Advance(read);
            if (output.Length > maxSize)
            {
                throw new InvalidDataException($"The value expands to more than {maxSize} bytes.");
            }
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
