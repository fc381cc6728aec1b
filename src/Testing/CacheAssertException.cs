namespace TypedCache.Testing;

/// <summary>An expectation of a test that does not hold. The message says what was expected, and which calls there were. Any test framework shows it.</summary>
public sealed class CacheAssertException : Exception
{
    /// <summary>Creates an exception without a message of its own.</summary>
    public CacheAssertException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What was expected and what there is.</param>
    public CacheAssertException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What was expected and what there is.</param>
    /// <param name="innerException">What has led to it.</param>
    public CacheAssertException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
