namespace TypedCache;

/// <summary>What a method of a cache client does on the server.</summary>
public enum CacheOperation
{
    /// <summary>The operation named by the first word of the method's name.</summary>
    FromName = 0,

    /// <summary>Reads a value, or with a collection parameter many values at once.</summary>
    Get,

    /// <summary>Reads a value and gives it a new expiry.</summary>
    GetAndTouch,

    /// <summary>Stores a value, whether or not there is one, or with a dictionary parameter many values at once.</summary>
    Set,

    /// <summary>Stores a value only where there is none, or with a dictionary parameter many values at once.</summary>
    Add,

    /// <summary>Stores a value only where there is one.</summary>
    Replace,

    /// <summary>Appends bytes or text to the existing value.</summary>
    Append,

    /// <summary>Prepends bytes or text to the existing value.</summary>
    Prepend,

    /// <summary>
    /// Stores a value only if it has not changed since it was read (<see cref="CacheValue{T}.Cas"/>), or with a dictionary parameter many
    /// values at once.
    /// </summary>
    CompareAndSet,

    /// <summary>Gives the existing value a new expiry, or with a collection parameter many values at once.</summary>
    Touch,

    /// <summary>Returns whether there is a value, without reading it, or with a collection parameter which of many values there are.</summary>
    Exists,

    /// <summary>Removes a value, or with a collection parameter many values at once.</summary>
    Delete,

    /// <summary>Adds to a counter.</summary>
    Increment,

    /// <summary>Subtracts from a counter, which stops at 0.</summary>
    Decrement,

    /// <summary>
    /// Reads a value, and creates and stores it where there is none, once for all callers in the fleet; with a collection parameter
    /// many values at once.
    /// </summary>
    GetOrCreate,

    /// <summary>
    /// Marks a value as stale: the next get-or-create refreshes it, and all others get it as it is until then. Needs
    /// <see cref="CacheKeyAttribute.Stale"/>.
    /// </summary>
    Invalidate,
}
