namespace TypedCache.Telemetry;

/// <summary>Why a value is created.</summary>
internal enum CreationTrigger : byte
{
    /// <summary>There was none.</summary>
    Miss,

    /// <summary>There was a stale one, which callers get meanwhile.</summary>
    Refresh,

    /// <summary>No server could be asked.</summary>
    Unreachable,
}

/// <summary>What became of a created value.</summary>
internal enum CreationOutcome : byte
{
    /// <summary>It was stored.</summary>
    Stored,

    /// <summary>It was not stored, because its key had changed meanwhile.</summary>
    Superseded,

    /// <summary>It was not stored, because it is not to be, or no server took it.</summary>
    NotCached,

    /// <summary>There is none: the function threw.</summary>
    Failed,

    /// <summary>There is none: nobody waited for it any more.</summary>
    Abandoned,
}

/// <summary>The same as telemetry calls it.</summary>
internal static class CreationWords
{
    private static readonly string[] Triggers = ["miss", "refresh", "unreachable"];
    private static readonly string[] Outcomes = ["stored", "superseded", "not_cached", "failed", "abandoned"];

    public static string Of(CreationTrigger trigger) => Triggers[(int)trigger];

    public static string Of(CreationOutcome outcome) => Outcomes[(int)outcome];
}
