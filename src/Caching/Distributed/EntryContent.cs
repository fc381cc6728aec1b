using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TypedCache.Caching;

/// <summary>The bytes of an entry: its deadline, where it has one, and the value.</summary>
/// <param name="Value">The value, in one piece or several.</param>
/// <param name="Deadline">When the entry ends however often it is read; null: that is not stored.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntryContent(ReadOnlySequence<byte> Value, DateTimeOffset? Deadline)
{
    /// <summary>How many bytes there are.</summary>
    public long Length => Value.Length + (Deadline is null ? 0 : EntryRead.DeadlineLength);

    /// <summary>Writes an entry, piece by piece.</summary>
    public static void Write(IBufferWriter<byte> output, EntryContent content)
    {
        // Room for all of it, so that it grows once.
        var head = output.GetSpan((int)Math.Max(content.Length, 1));
        if (content.Deadline is { } deadline)
        {
            BinaryPrimitives.WriteInt64LittleEndian(head, deadline.UtcTicks);
            output.Advance(EntryRead.DeadlineLength);
        }

        foreach (var piece in content.Value)
        {
            output.Write(piece.Span);
        }
    }
}
