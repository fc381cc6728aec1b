using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache.Pool.Operations;

/// <summary>The reply to a read of an item as it is stored, with its bytes or without.</summary>
internal sealed class ItemReply : Reply
{
    /// <summary>Whether there is an item.</summary>
    public bool HasItem => Code == ReplyCode.Ok && !IsPlaceholder;

    /// <summary>What the server says of the item.</summary>
    public ItemInfo Info => new(Flags, (int)ItemLength, ItemTimeLeft);

    /// <summary>The item with its bytes.</summary>
    public StoredItem Item => new(Payload.Written, Info, (Marks & LeaseMarks.Invalidated) != 0);

    // Either the reply names the length, or it brings the bytes; in the classic protocol it always does.
    protected override long ItemLength => Math.Max(Size, Payload.Length);

    private TimeSpan? ItemTimeLeft =>
        !SaysTimeLeft ? null
        : TimeLeft == Forever ? Timeout.InfiniteTimeSpan
        : TimeSpan.FromSeconds(TimeLeft);
}
