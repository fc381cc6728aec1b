using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace TypedCache.Values;

/// <summary>The zlib format (RFC 1950), as both PHP extensions write it.</summary>
internal sealed class Zlib : ICompressor
{
    private const int ChecksumSize = 4;
    private const int ScratchSize = 4096;
    private const int ChunkSize = 64 * 1024;
    private const int LikelyExpansion = 4;

    // No byte can stand for more than this many (zlib's technical details, "Maximum Compression Factor").
    private const int MaxExpansion = 1032;

    public static Zlib Instance { get; } = new();

    private Zlib()
    {
    }

    public bool TryCompress(PayloadBuffer value, ReadOnlySpan<byte> header, int largest)
    {
        if (largest <= 0)
        {
            return false;
        }

        if (!CompressionSamples.ArePromising(value.WrittenSpan, largest, Fastest))
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(largest);
        try
        {
            using var target = new BoundedStream(buffer, largest);
            if (!TryCompress(value.WrittenSpan, target, CompressionLevel.Optimal))
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

    // Stops as soon as the target is full: what follows cannot make it fit any more.
    private static bool TryCompress(ReadOnlySpan<byte> value, BoundedStream target, CompressionLevel level)
    {
        using (var zlib = new ZLibStream(target, level, leaveOpen: true))
        {
            for (; !value.IsEmpty && !target.HasOverflowed; value = value[Math.Min(value.Length, ChunkSize)..])
            {
                zlib.Write(value[..Math.Min(value.Length, ChunkSize)]);
            }
        }

        return !target.HasOverflowed;
    }

    private static int? Fastest(ReadOnlySpan<byte> sample, byte[] buffer)
    {
        using var target = new BoundedStream(buffer, buffer.Length);
        return TryCompress(sample, target, CompressionLevel.Fastest) ? target.Written.Length : null;
    }

    // What does not fit into a borrowed array is expanded twice, the first time only to count: a value that is too large is refused
    // before it gets any memory, and any other gets just what it needs.
    public void Expand(ReadOnlyMemory<byte> compressed, ExpandedPayload output)
    {
        if (Measure(compressed, output) is { } size)
        {
            output.Begin(size);
            using var zlib = Open(compressed);
            Fill(zlib, output);
        }

        CheckEnd(compressed.Span, output.Written.Span);
    }

    public void Expand(ReadOnlyMemory<byte> compressed, int size, ExpandedPayload output)
    {
        if (size > (long)MaxExpansion * compressed.Length)
        {
            throw new InvalidDataException("The zlib data is too short for the size named before it.");
        }

        output.Begin(size);
        using var zlib = Open(compressed);
        Fill(zlib, output);
        if (output.Length > size || Count(zlib, limit: 0) > 0)
        {
            throw new InvalidDataException($"The zlib data expands to more than the {size} bytes named before it.");
        }

        CheckEnd(compressed.Span, output.Written.Span);
    }

    // Null if the value is already expanded, otherwise its size.
    private static int? Measure(ReadOnlyMemory<byte> compressed, ExpandedPayload output)
    {
        using var zlib = Open(compressed);
        output.Begin((int)Math.Min(Math.Min(LikelyExpansion * (long)compressed.Length, ExpandedPayload.LargestBorrowed), output.MaxSize));
        while (Fill(zlib, output))
        {
            if (output.Length >= ExpandedPayload.LargestBorrowed)
            {
                var limit = output.MaxSize - output.Length;
                var rest = Count(zlib, limit);
                return rest > limit ? throw output.TooLarge() : rest > 0 ? output.Length + rest : null;
            }

            output.Grow((int)Math.Min(LikelyExpansion * (long)output.Length, ExpandedPayload.LargestBorrowed));
        }

        return null;
    }

    // Whether the room is used up and more may come.
    private static bool Fill(ZLibStream zlib, ExpandedPayload output)
    {
        while (!output.Free.IsEmpty)
        {
            var read = zlib.Read(output.Free);
            if (read == 0)
            {
                return false;
            }

            output.Advance(read);
        }

        return true;
    }

    // How many bytes come. Counting stops a little above the limit.
    private static int Count(ZLibStream zlib, int limit)
    {
        Span<byte> scratch = stackalloc byte[ScratchSize];
        var count = 0;
        while (count <= limit)
        {
            var read = zlib.Read(scratch);
            if (read == 0)
            {
                break;
            }

            count += read;
        }

        return count;
    }

    // ZLibStream takes data that ends early as complete, so the checksum at the end has to be checked here.
    private static void CheckEnd(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> expanded)
    {
        if (compressed.Length < ChecksumSize || BinaryPrimitives.ReadUInt32BigEndian(compressed[^ChecksumSize..]) != Adler32.Of(expanded))
        {
            throw new InvalidDataException("The zlib data is damaged, cut off, or has bytes appended to it.");
        }
    }

    private static ZLibStream Open(ReadOnlyMemory<byte> bytes) => new(
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false),
        CompressionMode.Decompress);
}
