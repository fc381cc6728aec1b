namespace TypedCache.Embedded;

/// <summary>The result of storing a value.</summary>
internal enum StoreResult : byte
{
    Stored,
    NotStored,
    Exists,
    NotFound,
}
