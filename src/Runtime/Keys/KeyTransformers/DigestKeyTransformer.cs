using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace TypedCache.Keys;

/// <summary>The Base64 of a digest of the key in UTF-16, whose lower byte comes first.</summary>
internal abstract class DigestKeyTransformer() : KeyTransformer(CacheKeyWriter.MaxLength)
{
    internal sealed override int Transform(Span<byte> key, int length, string? shownAs)
    {
        Span<char> text = stackalloc char[CacheKeyWriter.MaxLength];
        if (Utf8.ToUtf16(key[..length], text, out _, out var count, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
        {
            throw new CacheKeyException(
                $"The key {ShownText.Of(key[..length], shownAs)} is not UTF-8. The pool's KeyTransformer hashes text, and different keys could become one. Use keys of text, or KeyTransformer.EnyimBase64.");
        }

        if (!BitConverter.IsLittleEndian)
        {
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<char, short>(text[..count]), MemoryMarshal.Cast<char, short>(text));
        }

        var size = Digest(MemoryMarshal.AsBytes(text[..count]), key);
        Base64.EncodeToUtf8InPlace(key, size, out var written);
        return written;
    }

    /// <summary>Writes a digest of bytes.</summary>
    /// <returns>How long it is.</returns>
    private protected abstract int Digest(ReadOnlySpan<byte> utf16, Span<byte> digest);
}
