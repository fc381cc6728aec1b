using System.Buffers.Binary;
using TypedCache.Tool.Keys;

namespace TypedCache.Tool.Values;

/// <summary>The tags that stand behind a value (docs/tags.md, "What is stored").</summary>
/// <param name="Keyed">Those whose keys are stored, with their versions.</param>
/// <param name="Versions">The versions of the others, which the template names.</param>
/// <param name="Length">How many bytes the value itself has in front of them.</param>
internal sealed record StoredTags(IReadOnlyList<KeyValuePair<string, ulong>> Keyed, IReadOnlyList<ulong> Versions, int Length)
{
    private const byte HasKeyed = 0x80;

    /// <summary>Reads them from the end of a payload; null: it is damaged.</summary>
    public static StoredTags? Read(ReadOnlySpan<byte> payload)
    {
        var counts = TakeByte(ref payload);
        var keyedCount = (counts & HasKeyed) == 0 ? 0 : TakeByte(ref payload);
        var versions = new ulong[counts & ~HasKeyed & 0x7F];
        if (counts < 0 || keyedCount < 0 || payload.Length < versions.Length * sizeof(ulong))
        {
            return null;
        }

        for (var i = versions.Length - 1; i >= 0; i--)
        {
            versions[i] = TakeVersion(ref payload);
        }

        var keyed = new KeyValuePair<string, ulong>[keyedCount];
        for (var i = keyedCount - 1; i >= 0; i--)
        {
            var length = TakeByte(ref payload);
            if (length < 0 || payload.Length < length + sizeof(ulong))
            {
                return null;
            }

            var key = ShownKey.Of(payload[^length..]);
            payload = payload[..^length];
            keyed[i] = new(key, TakeVersion(ref payload));
        }

        return new StoredTags(keyed, versions, payload.Length);
    }

    // -1: there is none.
    private static int TakeByte(ref ReadOnlySpan<byte> payload)
    {
        var value = payload.IsEmpty ? -1 : payload[^1];
        payload = payload.IsEmpty ? payload : payload[..^1];
        return value;
    }

    private static ulong TakeVersion(ref ReadOnlySpan<byte> payload)
    {
        var version = BinaryPrimitives.ReadUInt64LittleEndian(payload[^sizeof(ulong)..]);
        payload = payload[..^sizeof(ulong)];
        return version;
    }
}
