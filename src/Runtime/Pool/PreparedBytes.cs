using TypedCache.Pool.Operations;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>The memory in which a batch is prepared.</summary>
internal sealed class PreparedBytes : IPooled<PreparedBytes>
{
    /// <summary>The keys and the short values, one behind the other.</summary>
    public PayloadBuffer Text { get; } = new();

    /// <summary>The value that is being written.</summary>
    public PayloadBuffer Value { get; } = new();

    /// <summary>Gives it back for the next batch.</summary>
    public void Return()
    {
        Text.Clear();
        Value.Clear();
        OperationPool<PreparedBytes>.Return(this);
    }

    static PreparedBytes IPooled<PreparedBytes>.Create() => new();
}
