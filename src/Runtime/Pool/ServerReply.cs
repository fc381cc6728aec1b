namespace TypedCache;

/// <summary>What one server answered to a command sent to all of them, or why it did not.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="Server">The server.</param>
/// <param name="Value">Its answer; <c>default</c> if it gave none.</param>
/// <param name="Error">Why there is no answer; null if there is one.</param>
public sealed record ServerReply<T>(MemcachedServer Server, T? Value, MemcachedException? Error)
{
    /// <summary>Whether the server answered.</summary>
    public bool Answered => Error is null;
}
