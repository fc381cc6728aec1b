using TypedCache.Hashing;

namespace TypedCache.Pool;

/// <summary>All keys are of the only server, as long as it stands for others: the pool's own strategy is not asked about that.</summary>
internal sealed class OnlyServerStrategy : IHashStrategy
{
    public int Find(ReadOnlySpan<byte> key) => 0;
}
