namespace TypedCache.Values;

/// <summary>A value is not stored because the pool's own options would not let it be read again. The message names the option.</summary>
internal sealed class ValueTooLargeException(string message) : ArgumentException(message);
