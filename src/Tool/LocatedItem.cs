using TypedCache.Tool.Servers;
using TypedCache.Tool.Values;
using TypedCache.Values;

namespace TypedCache.Tool;

/// <summary>What is stored under a key that has been located.</summary>
/// <param name="Value">The value, as far as it can be decoded without its type; null: there is none, or it cannot be read.</param>
/// <param name="TimeToLive">For how many seconds it lives on; -1: without limit; null: not known.</param>
/// <param name="Error">Why it cannot be read; null: it can, or there is none.</param>
internal sealed record LocatedItem(DecodedValue? Value, long? TimeToLive, string? Error)
{
    /// <summary>Reads it.</summary>
    public static async Task<LocatedItem> ReadAsync(MemcachedPool pool, string key, KeyLocation location, CancellationToken cancellationToken)
    {
        try
        {
            var value = await pool.GetValueAsync(key, new DecodingCodec(contract: null, key: null), cancellationToken);
            return new LocatedItem(value.Found ? value.Value : null, await TimeToLiveAsync(location, cancellationToken), Error: null);
        }
        catch (Exception exception) when (exception is MemcachedException or CacheValueException)
        {
            return new LocatedItem(Value: null, TimeToLive: null, exception.Message);
        }
    }

    private static async Task<long?> TimeToLiveAsync(KeyLocation location, CancellationToken cancellationToken)
    {
        try
        {
            return (await ItemStateReader.ReadAsync(location, cancellationToken))?.TimeToLive;
        }
        catch (ServerException)
        {
            return null;
        }
    }
}
