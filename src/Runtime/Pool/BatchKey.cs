using TypedCache.Keys;

namespace TypedCache;

/// <summary>Writes the key of one item of a batch. Generated clients pass a static lambda.</summary>
/// <typeparam name="TState">The arguments that all keys of the batch share.</typeparam>
/// <typeparam name="TItem">The argument that differs from key to key.</typeparam>
public delegate void BatchKey<in TState, in TItem>(ref CacheKeyWriter key, TState state, TItem item);
