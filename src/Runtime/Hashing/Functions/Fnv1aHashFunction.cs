namespace TypedCache.Hashing;

/// <summary>32-bit FNV-1a (pecl-memcache, memcache_pool.c, <c>mmc_hash_fnv1a_combine</c>).</summary>
/// <param name="signedChar">
/// Whether bytes from 0x80 on are extended as negative numbers. The C source does so wherever plain <c>char</c> is signed,
/// which is on x86 and x64; false is the textbook function, which PHP computes on Linux/arm64. Keys and hosts in
/// ASCII hash the same either way.
/// </param>
public sealed class Fnv1aHashFunction(bool signedChar = true) : IContinuedHashFunction
{
    // The upper bits of a byte from 0x80 on.
    private readonly uint _extension = signedChar ? 0xFFFFFF00 : 0;

    /// <inheritdoc/>
    public uint Hash(ReadOnlySpan<byte> bytes) => Update(FnvConstants.Offset, bytes);

    uint IContinuedHashFunction.Continue(uint hash, ReadOnlySpan<byte> bytes) => Update(hash, bytes);

    private uint Update(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            hash = (hash ^ value ^ (value < 0x80 ? 0 : _extension)) * FnvConstants.Prime;
        }

        return hash;
    }
}
