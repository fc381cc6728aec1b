namespace TypedCache.Hashing;

/// <summary>Java's <c>String.hashCode</c>, taken as a number without sign.</summary>
internal sealed class JavaStringHashFunction : IHashFunction
{
    private const uint Multiplier = 31;

    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0u;
        foreach (var unit in new Utf16Units(bytes))
        {
            hash = (hash * Multiplier) + unit;
        }

        return hash;
    }
}
