using System.Buffers;
using System.Runtime.InteropServices;
using TypedCache.Values;

namespace TypedCache.AspNetCore;

/// <summary>A response that was read.</summary>
/// <param name="Tags">Its tags; null where it is the response to another key.</param>
/// <param name="Value">Its value, where it was asked for as an array.</param>
/// <param name="Length">How long its value is, where that went into a buffer of the caller.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ResponseRead(TagVersion[]? Tags, byte[]? Value, int Length)
{
    /// <summary>Reads the response to a key as an array.</summary>
    public static ResponseRead AsArray(in StoredItem item, string key) =>
        TryOpen(item, key, out var tags, out var value) ? new ResponseRead(tags, value.ToArray(), value.Length) : default;

    /// <summary>Copies the response to a key into a buffer of the caller, who advances it once the tags are known to be valid.</summary>
    public static ResponseRead Into(in StoredItem item, (string Key, IBufferWriter<byte> Destination) state)
    {
        if (!TryOpen(item, state.Key, out var tags, out var value))
        {
            return default;
        }

        value.CopyTo(state.Destination.GetSpan(Math.Max(value.Length, 1)));
        return new ResponseRead(tags, null, value.Length);
    }

    private static bool TryOpen(in StoredItem item, string key, out TagVersion[] tags, out ReadOnlySpan<byte> value)
    {
        tags = [];
        value = default;
        return item.Info.Flags == StoredResponse.Flags && StoredResponse.TryOpen(item.Payload.Span, key, out tags, out value);
    }
}
