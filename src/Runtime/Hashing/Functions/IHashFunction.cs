namespace TypedCache.Hashing;

/// <summary>Turns a key into a number. An implementation has no state and is used by many callers at once.</summary>
public interface IHashFunction
{
    /// <summary>Hashes the bytes.</summary>
    uint Hash(ReadOnlySpan<byte> bytes);
}
