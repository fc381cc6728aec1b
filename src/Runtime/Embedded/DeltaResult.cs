namespace TypedCache.Embedded;

/// <summary>The result of an increment or decrement.</summary>
internal enum DeltaResult : byte
{
    Done,
    NotNumeric,
    NotFound,
    CasMismatch,
}
