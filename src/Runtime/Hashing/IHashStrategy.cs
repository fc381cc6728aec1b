namespace TypedCache.Hashing;

/// <summary>Chooses the server of a key. An implementation does not change and is used by many callers at once.</summary>
public interface IHashStrategy
{
    /// <summary>Gives the position of the key's server in the list which the strategy was made from.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    int Find(ReadOnlySpan<byte> key);
}
