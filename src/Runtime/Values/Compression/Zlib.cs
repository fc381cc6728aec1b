using System.Buffers.Binary;
using System.IO.Compression;

namespace TypedCache.Values;

/// <summary>The zlib format (RFC 1950), as the clients of PHP, Python and Ruby write it.</summary>
internal sealed class Zlib : DeflateCompressor
{
    private const int ChecksumSize = 4;

    public static Zlib Instance { get; } = new();

    private Zlib()
    {
    }

    protected override Stream Compressing(Stream target, CompressionLevel level) => new ZLibStream(target, level, leaveOpen: true);

    protected override Stream Expanding(Stream source) => new ZLibStream(source, CompressionMode.Decompress);

    protected override void CheckEnd(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> expanded)
    {
        if (compressed.Length < ChecksumSize || BinaryPrimitives.ReadUInt32BigEndian(compressed[^ChecksumSize..]) != Adler32.Of(expanded))
        {
            throw new InvalidDataException("The zlib data is damaged, cut off, or has bytes appended to it.");
        }
    }
}
