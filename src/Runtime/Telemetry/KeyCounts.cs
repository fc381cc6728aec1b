using System.Runtime.InteropServices;

namespace TypedCache.Telemetry;

/// <summary>How many keys of a batch had which result.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct KeyCounts
{
    /// <summary>Found, stored, deleted: whatever was asked for.</summary>
    public int Successes;

    /// <summary>Found, but stale.</summary>
    public int Stale;

    /// <summary>Not found, or not stored.</summary>
    public int Failures;

    /// <summary>Not stored, because the value had changed.</summary>
    public int Changed;

    /// <summary>Not known, or not readable.</summary>
    public int Errors;

    /// <summary>All.</summary>
    public readonly int Total => Successes + Stale + Failures + Changed + Errors;
}
