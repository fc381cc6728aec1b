namespace TypedCache.Values;

/// <summary>
/// Compresses and expands values. Only <see cref="CompressionOptions"/> name an implementation: a native program that creates no
/// options with a compressor has none in it.
/// </summary>
internal interface ICompressor
{
    /// <summary>Compresses in place.</summary>
    /// <param name="value">The bytes, which are replaced only on success.</param>
    /// <param name="header">What to put before the compressed bytes.</param>
    /// <param name="largest">The largest compressed size, without the header, that is worth it.</param>
    /// <returns>False if the result would be larger than <paramref name="largest"/>.</returns>
    bool TryCompress(PayloadBuffer value, ReadOnlySpan<byte> header, int largest);

    /// <summary>Expands to an unknown size. Nothing may follow the data: bytes appended to a compressed value would be silently lost.</summary>
    /// <exception cref="InvalidDataException">The data is damaged or cut off.</exception>
    /// <exception cref="ExpansionRefusedException">It expands to more than it may.</exception>
    void Expand(ReadOnlyMemory<byte> compressed, ExpandedPayload output);

    /// <summary>Expands to a size that is known from a header.</summary>
    /// <exception cref="InvalidDataException">The data is damaged or cut off, or expands to more than <paramref name="size"/> bytes.</exception>
    /// <exception cref="ExpansionRefusedException">It expands to more than it may.</exception>
    void Expand(ReadOnlyMemory<byte> compressed, int size, ExpandedPayload output);
}
