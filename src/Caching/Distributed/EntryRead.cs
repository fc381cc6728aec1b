using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TypedCache.Values;

namespace TypedCache.Caching;

/// <summary>An entry that was read.</summary>
/// <param name="IsThere">False where its deadline has passed.</param>
/// <param name="Value">Its bytes, where they were asked for as an array.</param>
/// <param name="Renewal">The seconds for which it lives on; 0: it keeps those that it has.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntryRead(bool IsThere, byte[]? Value, long Renewal)
{
    /// <summary>The length of a deadline before a value.</summary>
    public const int DeadlineLength = sizeof(long);

    /// <summary>Reads an entry as an array.</summary>
    public static EntryRead AsArray(in StoredItem item, TimeProvider time) =>
        TryOpen(item, time, out var value, out var renewal) ? new EntryRead(true, value.ToArray(), renewal) : default;

    /// <summary>Reads an entry into a buffer of the caller, out of the one in which it was received.</summary>
    public static EntryRead Into(in StoredItem item, (TimeProvider Time, IBufferWriter<byte> Destination) state)
    {
        if (!TryOpen(item, state.Time, out var value, out var renewal))
        {
            return default;
        }

        state.Destination.Write(value);
        return new EntryRead(true, null, renewal);
    }

    /// <summary>Reads what an entry says of its lifetime.</summary>
    public static EntryRead LifetimeOnly(in StoredItem item, TimeProvider time) =>
        TryOpen(item, time, out _, out var renewal) ? new EntryRead(true, null, renewal) : default;

    // False when the deadline has passed, or the bytes are not an entry's.
    private static bool TryOpen(in StoredItem item, TimeProvider time, out ReadOnlySpan<byte> value, out long renewal)
    {
        value = item.Payload.Span;
        renewal = 0;
        if (!EntryFlags.HasDeadline(item.Info.Flags))
        {
            renewal = EntryFlags.Renewal(item.Info, untilDeadline: null);
            return true;
        }

        if (value.Length < DeadlineLength)
        {
            return false;
        }

        var left = BinaryPrimitives.ReadInt64LittleEndian(value) - time.GetUtcNow().UtcTicks;
        value = value[DeadlineLength..];
        if (left <= 0)
        {
            return false;
        }

        renewal = EntryFlags.Renewal(item.Info, TimeSpan.FromTicks(left));
        return true;
    }
}
