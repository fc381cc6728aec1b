using System.IO.Compression;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>Expands what is compressed by zlib or gzip, by .NET alone.</summary>
internal static class RecordedCompression
{
    /// <summary>What is inside; null if it is neither.</summary>
    public static byte[]? TryExpand(byte[] bytes)
    {
        using var source = new MemoryStream(bytes);
        using Stream? stream = bytes switch
        {
            [0x78, ..] => new ZLibStream(source, CompressionMode.Decompress),
            [0x1F, 0x8B, ..] => new GZipStream(source, CompressionMode.Decompress),
            _ => null,
        };
        if (stream is null)
        {
            return null;
        }

        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
