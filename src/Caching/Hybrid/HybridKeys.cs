using TypedCache.Keys;

namespace TypedCache.Caching;

/// <summary>
/// Turns keys of any characters into memcached's. Distinct keys stay distinct: what memcached does not take is percent-encoded, and the
/// tail of a long key becomes a hash of the whole (SHA-256, cut to 128 bits), of which nobody can find two that are equal.
/// </summary>
internal sealed class HybridKeys(string instanceName, int longest, int longestOfPool, HybridCacheLog log)
{
    /// <summary>Whether values of a key can be stored. Where they cannot, that is logged.</summary>
    public bool Accept(ReadOnlySpan<char> key)
    {
        if (!key.IsWhiteSpace() && key.Length <= longest)
        {
            return true;
        }

        log.KeyNotCached(key.Length, longest);
        return false;
    }

    /// <summary>Writes a key.</summary>
    /// <param name="key">A key that can be stored.</param>
    /// <param name="buffer">Where it goes: <see cref="CacheKeyWriter.StackSize"/> bytes.</param>
    public ReadOnlySpan<byte> Write(ReadOnlySpan<char> key, Span<byte> buffer)
    {
        var writer = new CacheKeyWriter(buffer, KeyPolicy.Escape, longestOfPool);
        Append(ref writer, key);
        return writer.Finish();
    }

    /// <summary>Writes a key of a batch.</summary>
    public void Append(ref CacheKeyWriter writer, ReadOnlySpan<char> key)
    {
        writer.Append(instanceName.AsSpan());
        writer.Append(key);
    }
}
