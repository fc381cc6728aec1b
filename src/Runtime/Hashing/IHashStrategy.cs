namespace TypedCache.Hashing;

/// <summary>Chooses the server of a key. An implementation is immutable and is used by many callers at once.</summary>
public interface IHashStrategy
{
    /// <summary>Returns the position of the key's server in the list that the strategy was created from.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    int Find(ReadOnlySpan<byte> key);
}
