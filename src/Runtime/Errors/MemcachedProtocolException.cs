namespace TypedCache;

/// <summary>
/// A server answered something that is not a reply to what was asked. The connection is closed, since nothing on it can be
/// trusted any more; the next operation opens a new one.
/// </summary>
public sealed class MemcachedProtocolException : MemcachedConnectionException
{
    /// <summary>Creates the exception with a message that quotes the reply.</summary>
    public MemcachedProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public MemcachedProtocolException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public MemcachedProtocolException()
        : base("The memcached server sent a reply that does not fit the request.")
    {
    }
}
