using TypedCache.Values;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>What a server has, as it is.</summary>
internal sealed record StoredItem(uint Flags, byte[] Bytes)
{
    private static readonly ItemCodec s_codec = new();

    public static async Task<StoredItem?> ReadAsync(MemcachedPool pool, string key) =>
        await pool.GetAsync(key, s_codec, TestContext.Current.CancellationToken);

    private sealed class ItemCodec : ICacheCodec<StoredItem>
    {
        public void Write(ref ValueWriter writer, StoredItem value) => writer.WriteRaw(value.Bytes);

        public StoredItem Read(in StoredValue stored) => new(stored.Flags, stored.Payload.ToArray());
    }
}
