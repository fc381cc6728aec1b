using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace TypedCache.Values;

/// <summary>What is alike in the formats around deflated data (RFC 1951).</summary>
internal abstract class DeflateCompressor : ICompressor
{
    private const int ScratchSize = 4096;
    private const int ChunkSize = 64 * 1024;
    private const int LikelyExpansion = 4;

    // No byte can stand for more than this many (zlib's technical details, "Maximum Compression Factor").
    private const int MaxExpansion = 1032;

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
    private bool TryCompress(ReadOnlySpan<byte> value, BoundedStream target, CompressionLevel level)
    {
        using (var deflate = Compressing(target, level))
        {
            for (; !value.IsEmpty && !target.HasOverflowed; value = value[Math.Min(value.Length, ChunkSize)..])
            {
                deflate.Write(value[..Math.Min(value.Length, ChunkSize)]);
            }
        }

        return !target.HasOverflowed;
    }

    private int? Fastest(ReadOnlySpan<byte> sample, byte[] buffer)
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
            using var deflate = Open(compressed);
            Fill(deflate, output);
        }

        CheckEnd(compressed.Span, output.Written.Span);
    }

    public void Expand(ReadOnlyMemory<byte> compressed, int size, ExpandedPayload output)
    {
        if (size > (long)MaxExpansion * compressed.Length)
        {
            throw new InvalidDataException("The compressed data is too short for the size named before it.");
        }

        output.Begin(size);
        using var deflate = Open(compressed);
        Fill(deflate, output);
        if (output.Length > size || Count(deflate, limit: 0) > 0)
        {
            throw new InvalidDataException($"The compressed data expands to more than the {size} bytes named before it.");
        }

        CheckEnd(compressed.Span, output.Written.Span);
    }

    // Null if the value is already expanded, otherwise its size.
    private int? Measure(ReadOnlyMemory<byte> compressed, ExpandedPayload output)
    {
        using var deflate = Open(compressed);
        output.Begin((int)Math.Min(Math.Min(LikelyExpansion * (long)compressed.Length, ExpandedPayload.LargestBorrowed), output.MaxSize));
        while (Fill(deflate, output))
        {
            if (output.Length >= ExpandedPayload.LargestBorrowed)
            {
                var limit = output.MaxSize - output.Length;
                var rest = Count(deflate, limit);
                return rest > limit ? throw output.TooLarge() : rest > 0 ? output.Length + rest : null;
            }

            output.Grow((int)Math.Min(LikelyExpansion * (long)output.Length, ExpandedPayload.LargestBorrowed));
        }

        return null;
    }

    // Whether the room is used up and more may come.
    private static bool Fill(Stream deflate, ExpandedPayload output)
    {
        while (!output.Free.IsEmpty)
        {
            var read = Read(deflate, output.Free);
            if (read == 0)
            {
                return false;
            }

            output.Advance(read);
        }

        return true;
    }

    // How many bytes come. Counting stops a little above the limit.
    private static int Count(Stream deflate, int limit)
    {
        Span<byte> scratch = stackalloc byte[ScratchSize];
        var count = 0;
        while (count <= limit)
        {
            var read = Read(deflate, scratch);
            if (read == 0)
            {
                break;
            }

            count += read;
        }

        return count;
    }

    // Data that needs a dictionary makes zlib fail in a way that .NET does not take for a damage.
    private static int Read(Stream deflate, Span<byte> buffer)
    {
        try
        {
            return deflate.Read(buffer);
        }
        catch (IOException exception)
        {
            throw new InvalidDataException("The compressed data is damaged, or needs a dictionary.", exception);
        }
    }

    private Stream Open(ReadOnlyMemory<byte> bytes) => Expanding(
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false));

    /// <summary>A stream that compresses what is written to it.</summary>
    protected abstract Stream Compressing(Stream target, CompressionLevel level);

    /// <summary>A stream that gives what is expanded.</summary>
    protected abstract Stream Expanding(Stream source);

    /// <summary>Checks what the format has at its end: .NET's streams take data that ends early as complete.</summary>
    /// <exception cref="InvalidDataException">It does not fit.</exception>
    protected abstract void CheckEnd(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> expanded);
}
