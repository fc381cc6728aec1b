namespace TypedCache.Embedded;

/// <summary>How a value is stored.</summary>
internal enum StoreMode : byte
{
    Set,
    Add,
    Replace,
    Append,
    Prepend,

    /// <summary>Only over an item that has the required CAS.</summary>
    Cas,
}
