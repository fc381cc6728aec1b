namespace TypedCache.Hashing;

/// <summary>Bob Jenkins' one-at-a-time hash, libmemcached's default (libhashkit, one_at_a_time.cc).</summary>
/// <param name="signedChar">Whether bytes from 0x80 on are extended as negative numbers, as C does on x64.</param>
internal sealed class OneAtATimeHashFunction(bool signedChar) : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0u;
        foreach (var value in bytes)
        {
            hash += signedChar ? (uint)(sbyte)value : value;
            hash += hash << 10;
            hash ^= hash >> 6;
        }

        hash += hash << 3;
        hash ^= hash >> 11;
        return hash + (hash << 15);
    }
}
