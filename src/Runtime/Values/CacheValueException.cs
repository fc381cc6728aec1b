namespace TypedCache.Values;

/// <summary>A stored value cannot be read as the expected type: other flags, another format, or damaged bytes.</summary>
public sealed class CacheValueException : Exception
{
    /// <summary>Creates the exception with a message that names key, flags and what was expected.</summary>
    public CacheValueException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public CacheValueException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public CacheValueException()
        : base("The stored value cannot be read as the expected type.")
    {
    }

    /// <summary>The key, if it is known.</summary>
    public string? Key { get; init; }

    /// <summary>The flags under which the value is stored.</summary>
    public uint Flags { get; init; }
}
