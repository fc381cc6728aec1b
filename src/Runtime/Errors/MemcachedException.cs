namespace TypedCache;

/// <summary>The base of all exceptions about what goes wrong between the pool and its servers.</summary>
public class MemcachedException : Exception
{
    /// <summary>Creates the exception with a message.</summary>
    public MemcachedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public MemcachedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public MemcachedException()
        : base("A memcached operation failed.")
    {
    }

    /// <summary>The server, as <c>host:port</c>, where one is known.</summary>
    public string? Server { get; init; }
}
