namespace TypedCache.Embedded;

/// <summary>What became of a value that was to be stored.</summary>
internal enum StoreResult : byte
{
    Stored,
    NotStored,
    Exists,
    NotFound,
}
