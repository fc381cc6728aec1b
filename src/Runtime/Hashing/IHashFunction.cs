namespace TypedCache.Hashing;

/// <summary>Makes a number from a key. An implementation has no state and is used by many callers at once.</summary>
public interface IHashFunction
{
    /// <summary>Hashes the bytes.</summary>
    uint Hash(ReadOnlySpan<byte> bytes);
}
