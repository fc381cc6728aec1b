namespace TypedCache;

/// <summary>A server did not answer within the operation timeout. The operation may or may not have been carried out.</summary>
public sealed class MemcachedTimeoutException : MemcachedConnectionException
{
    /// <summary>Creates the exception with a message that names server and time.</summary>
    public MemcachedTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public MemcachedTimeoutException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public MemcachedTimeoutException()
        : base("The memcached server did not answer in time.")
    {
    }
}
