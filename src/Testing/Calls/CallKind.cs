namespace TypedCache.Testing;

/// <summary>What a server is asked to do with one key.</summary>
public enum CallKind
{
    /// <summary>Reads a value; <c>GetOrCreate</c> begins with it, and repeats it while it waits for another process.</summary>
    Get,

    /// <summary>Asks what is known of an item, not for its value: <c>Exists</c>.</summary>
    Inspect,

    /// <summary>Stores a value, whatever was there.</summary>
    Set,

    /// <summary>Stores a value if there is none.</summary>
    Add,

    /// <summary>Stores a value if there is one.</summary>
    Replace,

    /// <summary>Adds to the end of a value.</summary>
    Append,

    /// <summary>Adds to the beginning of a value.</summary>
    Prepend,

    /// <summary>Stores a value if nothing has happened to the key: <c>CompareAndSet</c>, and what <c>GetOrCreate</c> has created.</summary>
    CompareAndSet,

    /// <summary>Gives a value another expiry.</summary>
    Touch,

    /// <summary>Removes a value.</summary>
    Delete,

    /// <summary>Marks a value as stale.</summary>
    Invalidate,

    /// <summary>Gives a lease back that was not used.</summary>
    Release,

    /// <summary>Counts up.</summary>
    Increment,

    /// <summary>Counts down.</summary>
    Decrement,

    /// <summary>Something that concerns the server and no key, such as its statistics.</summary>
    Other,
}
