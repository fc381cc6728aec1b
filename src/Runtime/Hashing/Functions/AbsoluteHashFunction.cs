namespace TypedCache.Hashing;

/// <summary>Another hash as a number with sign, of which the sign is then dropped.</summary>
/// <param name="function">The other hash.</param>
internal sealed class AbsoluteHashFunction(IHashFunction function) : IHashFunction
{
    // In 64 bits, where the lowest number has a counterpart.
    public uint Hash(ReadOnlySpan<byte> bytes) => (uint)Math.Abs((long)(int)function.Hash(bytes));
}
