namespace TypedCache.Telemetry;

/// <summary>What came of a call, or of one key of a batch.</summary>
internal enum CallResult : byte
{
    Hit,
    Stale,
    Miss,
    Stored,
    NotStored,
    Changed,
    Deleted,
    Touched,
    Invalidated,
    NotFound,
    Error,
}

/// <summary>The results as telemetry calls them.</summary>
internal static class CallResults
{
    private static readonly string[] Names =
        ["hit", "stale", "miss", "stored", "not_stored", "changed", "deleted", "touched", "invalidated", "not_found", "error"];

    /// <summary>A result as telemetry calls it.</summary>
    public static string NameOf(CallResult result) => Names[(int)result];
}
