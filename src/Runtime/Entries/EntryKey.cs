using TypedCache.Keys;

namespace TypedCache;

/// <summary>Writes the key of one entry of a set. Generated clients pass a lambda.</summary>
/// <typeparam name="TKey">The type of the part in which the keys differ.</typeparam>
public delegate void EntryKey<in TKey>(ref CacheKeyWriter writer, TKey key);
