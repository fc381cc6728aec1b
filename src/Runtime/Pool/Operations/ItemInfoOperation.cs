using System.Threading.Tasks.Sources;
using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache.Pool.Operations;

/// <summary>A read of what a server says of an item, without its bytes.</summary>
internal sealed class ItemInfoOperation : RoutedOperation, IPooled<ItemInfoOperation>, IValueTaskSource<ItemInfo?>
{
    private readonly ItemReply _reply;

    public ItemInfoOperation()
        : this(new ItemReply())
    {
    }

    private ItemInfoOperation(ItemReply reply)
        : base(new Request(), reply) => _reply = reply;

    public ValueTask<ItemInfo?> AsInfo() => new(this, Version);

    ItemInfo? IValueTaskSource<ItemInfo?>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            ItemInfo? info = HasReply(token) && _reply.HasItem ? _reply.Info : null;
            End(info is not null);
            return info;
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

    static ItemInfoOperation IPooled<ItemInfoOperation>.Create() => new();

    protected override void Recycle() => OperationPool<ItemInfoOperation>.Return(this);
}
