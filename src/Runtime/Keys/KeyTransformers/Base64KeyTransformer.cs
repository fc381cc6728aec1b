using System.Buffers.Text;

namespace TypedCache.Keys;

/// <summary>The Base64 of the key (Enyim's Base64KeyTransformer.cs).</summary>
// Three bytes become four.
internal sealed class Base64KeyTransformer() : KeyTransformer(CacheKeyWriter.MaxLength / 4 * 3)
{
    public static Base64KeyTransformer Instance { get; } = new();

    internal override int Transform(Span<byte> key, int length, string? shownAs)
    {
        Base64.EncodeToUtf8InPlace(key, length, out var written);
        return written;
    }
}
