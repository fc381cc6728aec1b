namespace TypedCache.Values;

/// <summary>
/// A value is not stored because of its size, and nothing has been sent: the pool's own options would not let it be read again, or a codec
/// has refused it. The message names the limit. Get-or-create operations give the value to their callers all the same.
/// </summary>
public sealed class ValueTooLargeException : ArgumentException
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public ValueTooLargeException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">How large the value is, and which limit it exceeds.</param>
    public ValueTooLargeException(string? message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">How large the value is, and which limit it exceeds.</param>
    /// <param name="innerException">The cause.</param>
    public ValueTooLargeException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
