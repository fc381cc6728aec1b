namespace TypedCache.Pool.Moves;

/// <summary>What was found on the former server of a key, to be stored on its new one.</summary>
/// <param name="Bytes">The value and its flags.</param>
/// <param name="Expiry">For how long it lives on; null where the server does not say, so that it cannot be stored.</param>
internal sealed record FormerItem(StoredBytes Bytes, CacheExpiry? Expiry);
