namespace TypedCache;

/// <summary>
/// A server could not be reached, or its connection was lost while the operation was under way. In the second case the
/// operation may or may not have been carried out.
/// </summary>
public class MemcachedConnectionException : MemcachedException
{
    /// <summary>Creates the exception with a message that names server and cause.</summary>
    public MemcachedConnectionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public MemcachedConnectionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public MemcachedConnectionException()
        : base("The memcached server cannot be reached.")
    {
    }
}
