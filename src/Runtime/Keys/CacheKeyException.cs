namespace TypedCache.Keys;

/// <summary>A key is empty, too long, or has a byte which memcached does not take. Nothing was sent.</summary>
public sealed class CacheKeyException : ArgumentException
{
    /// <summary>Makes the exception with a message which names the key and the mend.</summary>
    public CacheKeyException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public CacheKeyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception with a general message.</summary>
    public CacheKeyException()
        : base("The key is not valid for memcached.")
    {
    }
}
