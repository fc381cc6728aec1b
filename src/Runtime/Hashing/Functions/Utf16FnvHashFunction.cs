namespace TypedCache.Hashing;

/// <summary>
/// FNV over UTF-16 units, as spymemcached computes it (DefaultHashAlgorithm.java): a unit is mixed in as a whole. The 64-bit ones are cut to
/// 32 bits, so only the lower halves of offset and prime have an effect.
/// </summary>
/// <param name="offset">The hash of no text.</param>
/// <param name="prime">The multiplier.</param>
/// <param name="multiplyFirst">FNV-1 multiplies before it mixes in a unit, FNV-1a afterwards.</param>
internal sealed class Utf16FnvHashFunction(uint offset, uint prime, bool multiplyFirst) : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = offset;
        foreach (var unit in new Utf16Units(bytes))
        {
            hash = multiplyFirst ? (hash * prime) ^ unit : (hash ^ unit) * prime;
        }

        return hash;
    }
}
