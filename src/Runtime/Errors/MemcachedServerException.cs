namespace TypedCache;

/// <summary>
/// A server refused the operation: a value over its size limit, no memory left, a counter which is no number.
/// The connection stays usable.
/// </summary>
public sealed class MemcachedServerException : MemcachedException
{
    /// <summary>Makes the exception with a message which quotes the server.</summary>
    public MemcachedServerException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public MemcachedServerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception with a general message.</summary>
    public MemcachedServerException()
        : base("The memcached server refused the operation.")
    {
    }
}
