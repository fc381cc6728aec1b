namespace TypedCache.Hashing;

/// <summary>
/// Another hash of the part of a key that stands between two marks, where both are there and something is between them; else of the whole
/// key (twemproxy's <c>hash_tag</c>; nc_server.c, <c>server_pool_idx</c>).
/// </summary>
/// <param name="function">The other hash.</param>
/// <param name="open">What stands in front of the part.</param>
/// <param name="close">What stands behind it.</param>
internal sealed class HashTagFunction(IHashFunction function, byte open, byte close) : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes) => function.Hash(TagOf(bytes));

    private ReadOnlySpan<byte> TagOf(ReadOnlySpan<byte> key)
    {
        var start = key.IndexOf(open) + 1;
        var length = start == 0 ? 0 : key[start..].IndexOf(close);
        return length > 0 ? key.Slice(start, length) : key;
    }
}
