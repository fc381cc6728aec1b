namespace TypedCache;

/// <summary>
/// A server answered something which is no reply to what was asked. The connection is closed, since nothing on it can be
/// trusted any more; the next operation opens a new one.
/// </summary>
public sealed class MemcachedProtocolException : MemcachedConnectionException
{
    /// <summary>Makes the exception with a message which quotes the reply.</summary>
    public MemcachedProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public MemcachedProtocolException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception with a general message.</summary>
    public MemcachedProtocolException()
        : base("The memcached server sent a reply which does not fit the request.")
    {
    }
}
