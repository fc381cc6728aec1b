using System.Runtime.InteropServices;
using TypedCache.Pool;

namespace TypedCache.Creation;

/// <summary>
/// Remembers since when this process has seen that somebody else refreshes a stale value. A server gives the lease of a refresh once
/// and keeps no time for it: where the one who won it has died, nobody would refresh until the value is gone.
/// </summary>
/// <remarks>The memory is a table of fixed size. Keys that share a slot push each other out, and are seen as overdue later.</remarks>
internal sealed class RefreshWatch(TimeProvider time)
{
    private const int SlotCount = 1024;

    private readonly Lock _gate = new();
    private Slot[]? _slots;

    /// <summary>
    /// Whether the refresh of a value has been under way for longer than a lease holds. Then it counts from now on again, so that one
    /// caller in each such time hears it.
    /// </summary>
    public bool IsOverdue(ReadOnlySpan<byte> key, Lease lease, TimeSpan leaseTime)
    {
        var hash = default(HashCode);
        hash.AddBytes(key);
        var identity = hash.ToHashCode();
        var now = time.GetTimestamp();
        lock (_gate)
        {
            _slots ??= new Slot[SlotCount];
            ref var slot = ref _slots[(uint)identity % SlotCount];
            var isKnown = slot.Identity == identity && slot.Lease == lease;
            var isOverdue = isKnown && time.GetElapsedTime(slot.Since, now) >= leaseTime;
            if (!isKnown || isOverdue)
            {
                slot = new Slot(identity, lease, now);
            }

            return isOverdue;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Slot(int Identity, Lease Lease, long Since);
}
