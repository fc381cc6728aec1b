using System.Buffers.Binary;
using System.IO.Compression;
using TypedCache.Hashing;

namespace TypedCache.Values;

/// <summary>The gzip format (RFC 1952), as Java's clients write it.</summary>
internal sealed class Gzip : DeflateCompressor
{
    private const int ChecksumSize = 4;
    private const int LengthSize = 4;

    private static readonly Crc32HashFunction Checksum = new();

    public static Gzip Instance { get; } = new();

    private Gzip()
    {
    }

    /// <summary>Whether data is in this format.</summary>
    public static bool Is(ReadOnlySpan<byte> compressed) => compressed is [0x1F, 0x8B, ..];

    protected override Stream Compressing(Stream target, CompressionLevel level) => new GZipStream(target, level, leaveOpen: true);

    protected override Stream Expanding(Stream source) => new GZipStream(source, CompressionMode.Decompress);

    protected override void CheckEnd(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> expanded)
    {
        if (compressed.Length < ChecksumSize + LengthSize
            || BinaryPrimitives.ReadUInt32LittleEndian(compressed[^LengthSize..]) != (uint)expanded.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(compressed[^(ChecksumSize + LengthSize)..]) != Checksum.Hash(expanded))
        {
            throw new InvalidDataException("The gzip data is damaged, cut off, or has bytes appended to it.");
        }
    }
}
