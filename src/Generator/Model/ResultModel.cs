namespace TypedCache.Generator.Model;

/// <summary>What a method returns.</summary>
/// <param name="Type">The declared return type, as code.</param>
/// <param name="IsTask">Whether it is a <c>Task</c> and not a <c>ValueTask</c>.</param>
/// <param name="WantsCacheValue">Whether a read gives a <c>CacheValue</c>.</param>
/// <param name="Conversion">What lies between the engine's result and this one.</param>
/// <param name="SuppressesNullability">
/// Whether the declared type differs from the engine's in nullable annotations alone.
/// </param>
internal sealed record ResultModel(
    string Type,
    bool IsTask,
    bool WantsCacheValue,
    ResultConversion Conversion,
    bool SuppressesNullability)
{
    /// <summary>What the local function is called that converts the engine's result; null where none is needed.</summary>
    public string? Converter { get; init; }
}

/// <summary>How the engine's result becomes the method's.</summary>
internal enum ResultConversion
{
    /// <summary>It is the same: the engine's <c>ValueTask</c> is returned as it is.</summary>
    None,

    /// <summary>The method has no result.</summary>
    Discard,

    /// <summary>A compare-and-set that tells only whether the value was stored.</summary>
    Stored,

    /// <summary>An unsigned counter as a signed one.</summary>
    Signed,

    /// <summary>A dictionary or a set as one of its interfaces.</summary>
    Interface,

    /// <summary>The values that were found as a dictionary of no other kind.</summary>
    Dictionary,

    /// <summary>How many there are in a set.</summary>
    Count,
}
