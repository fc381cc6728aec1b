namespace TypedCache.Embedded;

/// <summary>What became of an increment or decrement.</summary>
internal enum DeltaResult : byte
{
    Done,
    NotNumeric,
    NotFound,
    CasMismatch,
}
