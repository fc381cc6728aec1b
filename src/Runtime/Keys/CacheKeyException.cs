namespace TypedCache.Keys;

/// <summary>A key is empty, too long, or has a byte that memcached does not accept. Nothing was sent.</summary>
public sealed class CacheKeyException : ArgumentException
{
    /// <summary>Creates the exception with a message that names the key and the fix.</summary>
    public CacheKeyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public CacheKeyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public CacheKeyException()
        : base("The key is not valid for memcached.")
    {
    }
}
