namespace TypedCache;

/// <summary>
/// A server refused the operation: a value over its size limit, no memory left, a counter that is not a number.
/// The connection stays usable.
/// </summary>
public sealed class MemcachedServerException : MemcachedException
{
    /// <summary>Creates the exception with a message that quotes the server.</summary>
    public MemcachedServerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public MemcachedServerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public MemcachedServerException()
        : base("The memcached server refused the operation.")
    {
    }

    /// <summary>Whether the value is over the server's item size limit (memcached's option <c>-I</c>). It is not stored, and the one before is gone.</summary>
    public bool IsValueTooLarge { get; init; }

    /// <summary>Whether the server had no memory for the item (memcached's option <c>-M</c>, or no room for items of that size).</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>Whether the reason lies in the server, so that another call might be refused as well, and not in this call.</summary>
    internal bool IsOfServer { get; init; }

    /// <summary>The line that the server answered; null where it was not asked.</summary>
    internal string? Answer { get; init; }
}
