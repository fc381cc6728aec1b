using System.Threading.Tasks.Sources;
using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache.Pool.Operations;

/// <summary>A read of one item as it is stored. The reader runs when the caller takes the result, never on behalf of somebody else.</summary>
internal sealed class ItemOperation<TState, T> : RoutedOperation, IPooled<ItemOperation<TState, T>>, IValueTaskSource<CacheValue<T>>
{
    private readonly ItemReply _reply;
    private ItemReader<TState, T>? _read;
    private TState? _state;

    public ItemOperation()
        : this(new ItemReply())
    {
    }

    private ItemOperation(ItemReply reply)
        : base(new Request(), reply) => _reply = reply;

    /// <summary>Says how the item is to be read.</summary>
    public void Expect(ItemReader<TState, T> read, TState state) => (_read, _state) = (read, state);

    public ValueTask<CacheValue<T>> AsCacheValue() => new(this, Version);

    CacheValue<T> IValueTaskSource<CacheValue<T>>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            var found = HasReply(token) && _reply.HasItem;
            var value = found ? new CacheValue<T>(_read!(_reply.Item, _state!)) : CacheValue<T>.Miss;
            End(found);
            return value;
        }
        catch (Exception exception) when (Noted(exception))
        {
            throw;
        }
        finally
        {
            Release();
        }
    }

    static ItemOperation<TState, T> IPooled<ItemOperation<TState, T>>.Create() => new();

    protected override void Recycle() => OperationPool<ItemOperation<TState, T>>.Return(this);

    protected override void Reset()
    {
        (_read, _state) = (null, default);
        base.Reset();
    }
}
