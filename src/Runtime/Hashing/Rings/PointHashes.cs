namespace TypedCache.Hashing;

/// <summary>The hashes of a server's points on a ring, one after the other.</summary>
/// <param name="function">The hash function.</param>
/// <param name="prefix">What the names of all points begin with.</param>
internal struct PointHashes(IHashFunction function, string prefix)
{
    private readonly IContinuedHashFunction? _continued = function as IContinuedHashFunction;
    private PointNames _names = new(prefix);
    private uint _stem;

    /// <summary>Gives the next hash.</summary>
    public uint Next()
    {
        var name = _names.Next();
        if (_continued is null)
        {
            return function.Hash(name);
        }

        // Ten names differ in their last digit alone.
        if (name[^1] == '0')
        {
            _stem = _continued.Hash(name[..^1]);
        }

        return _continued.Continue(_stem, name[^1..]);
    }
}
