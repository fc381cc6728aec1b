using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache;

/// <summary>A pool of memcached servers.</summary>
public sealed class MemcachedPool : IAsyncDisposable
{
    public static MemcachedPool Connect(string servers) => throw new NotSupportedException();

    public static MemcachedPool InMemory(int servers = 1) => throw new NotSupportedException();

    public T CreateClient<T>() where T : ICacheClient<T> => T.Create(this);

    public ValueTask DisposeAsync() => throw new NotSupportedException();

    public ValueTask<T?> GetAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CancellationToken ct = default) => throw new NotSupportedException();

    // Found, Value and Cas
    public ValueTask<CacheValue<T>> GetValueAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<T?> GetAndTouchAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<CacheValue<T>> GetValueAndTouchAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<bool> ExistsAsync(ReadOnlySpan<byte> key, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask SetAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<bool> AddAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<bool> ReplaceAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<bool> AppendAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<bool> PrependAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<CasResult> CompareAndSetAsync<T>(ReadOnlySpan<byte> key, T value, ulong cas, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<bool> TouchAsync(ReadOnlySpan<byte> key, CacheExpiry expires, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<bool> DeleteAsync(ReadOnlySpan<byte> key, CancellationToken ct = default) => throw new NotSupportedException();

    // null: no such key
    public ValueTask<ulong?> IncrementAsync(ReadOnlySpan<byte> key, ulong by, CancellationToken ct = default) => throw new NotSupportedException();

    // a missing counter is created with the value `initial` (which is then the result) and the expiry
    public ValueTask<ulong> IncrementAsync(ReadOnlySpan<byte> key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<ulong?> DecrementAsync(ReadOnlySpan<byte> key, ulong by, CancellationToken ct = default) => throw new NotSupportedException();

    public ValueTask<ulong> DecrementAsync(ReadOnlySpan<byte> key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken ct = default) => throw new NotSupportedException();

    // misses are not in the dictionary; duplicates are asked once
    public ValueTask<Dictionary<TItem, T>> GetManyAsync<TState, TItem, T>(IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CancellationToken ct = default) where TItem : notnull => throw new NotSupportedException();

    public ValueTask SetManyAsync<TState, TItem, T>(IEnumerable<KeyValuePair<TItem, T>> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken ct = default) where TItem : notnull => throw new NotSupportedException();

    // how many were there
    public ValueTask<int> DeleteManyAsync<TState, TItem>(IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, CancellationToken ct = default) where TItem : notnull => throw new NotSupportedException();
}
