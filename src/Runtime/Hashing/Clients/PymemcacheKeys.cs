namespace TypedCache.Hashing;

/// <summary>As what a Python application gives keys to pymemcache, which decides where they go.</summary>
public enum PymemcacheKeys
{
    /// <summary>As <c>str</c>.</summary>
    Text = 0,

    /// <summary>As <c>bytes</c>: the server is chosen by their text <c>b'key'</c>.</summary>
    Bytes,
}
