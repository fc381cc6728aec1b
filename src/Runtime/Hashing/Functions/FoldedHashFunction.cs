namespace TypedCache.Hashing;

/// <summary>
/// 15 bits of another hash, the upper ones but the topmost: of the CRC-32 it is libmemcached's <c>HASH_CRC</c> (libhashkit, crc32.cc).
/// <see cref="StandardHashStrategy"/> takes the same bits, but never 0: with equal weights the two differ for 1 key in 32,768.
/// </summary>
/// <param name="function">The other hash.</param>
/// <param name="isNever0">Whether 0 becomes 1.</param>
internal sealed class FoldedHashFunction(IHashFunction function, bool isNever0 = false) : IHashFunction
{
    private readonly uint _least = isNever0 ? 1u : 0u;

    public uint Hash(ReadOnlySpan<byte> bytes) => Math.Max(_least, (function.Hash(bytes) >> 16) & 0x7FFF);
}
