using System.Buffers;

namespace TypedCache.Values;

/// <summary>Compresses a sample.</summary>
/// <param name="sample">The bytes.</param>
/// <param name="buffer">Where the compressed bytes go.</param>
/// <returns>How many they are; null if they do not fit into the buffer.</returns>
internal delegate int? SampleCompression(ReadOnlySpan<byte> sample, byte[] buffer);

/// <summary>
/// Finds out by a few samples, at little cost, whether a large value is worth compressing: images, archives and encrypted bytes take as
/// long as others, and gain nothing.
/// </summary>
internal static class CompressionSamples
{
    // Twice the distance within which zlib finds what repeats.
    private const int SampleSize = 64 * 1024;

    // Below this size samples would take a good part of the time that they save.
    private const int SmallestSampled = 4 * SampleSize;
    private const int MostSamples = 32;
    private const int BytesPerSample = 1024 * 1024;

    /// <summary>Whether a value may become small enough.</summary>
    /// <param name="value">The value.</param>
    /// <param name="largest">The largest compressed size that is worth it.</param>
    /// <param name="compress">Compresses, quickly rather than well.</param>
    /// <returns>False if the samples, taken together, do not come half of the way to <paramref name="largest"/>.</returns>
    public static bool ArePromising(ReadOnlySpan<byte> value, int largest, SampleCompression compress)
    {
        if (value.Length < SmallestSampled)
        {
            return true;
        }

        var count = Math.Clamp(value.Length / BytesPerSample, 2, MostSamples);
        var buffer = ArrayPool<byte>.Shared.Rent(SampleSize);
        try
        {
            var compressed = 0L;
            for (var i = 0; i < count; i++)
            {
                var start = (int)((long)(value.Length - SampleSize) * i / (count - 1));
                compressed += compress(value.Slice(start, SampleSize), buffer) ?? SampleSize;
            }

            var half = (1 + ((double)largest / value.Length)) / 2;
            return compressed <= (long)count * SampleSize * half;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
