namespace TypedCache.Hashing;

/// <summary>
/// The FNV hashes of libmemcached (libhashkit, fnv_32.cc and fnv_64.cc) beside <see cref="Fnv1aHashFunction"/>. The 64-bit
/// ones are cut to 32 bits there, so only the lower halves of offset and prime have an effect.
/// </summary>
/// <param name="offset">The hash of no bytes.</param>
/// <param name="prime">The multiplier.</param>
/// <param name="multiplyFirst">FNV-1 multiplies before it mixes in a byte, FNV-1a afterwards.</param>
/// <param name="signedChar">Whether bytes from 0x80 on are extended as negative numbers.</param>
internal sealed class FnvHashFunction(uint offset, uint prime, bool multiplyFirst, bool signedChar) : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = offset;
        foreach (var value in bytes)
        {
            var extended = signedChar ? (uint)(sbyte)value : value;
            hash = multiplyFirst ? (hash * prime) ^ extended : (hash ^ extended) * prime;
        }

        return hash;
    }
}
