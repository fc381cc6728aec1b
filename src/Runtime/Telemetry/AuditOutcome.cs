namespace TypedCache.Telemetry;

/// <summary>What came of a hit that was to be audited.</summary>
internal enum AuditOutcome : byte
{
    /// <summary>The create function gives what is stored.</summary>
    Match,

    /// <summary>It gives something else.</summary>
    Mismatch,

    /// <summary>Nothing can be said: the value has been replaced, removed or invalidated meanwhile, or cannot be read.</summary>
    Void,

    /// <summary>Others are audited already.</summary>
    Skipped,

    /// <summary>The create function has thrown, or the codec.</summary>
    Error,
}

/// <summary>The same as telemetry calls it.</summary>
internal static class AuditWords
{
    private static readonly string[] Outcomes = ["match", "mismatch", "void", "skipped", "error"];

    public static string Of(AuditOutcome outcome) => Outcomes[(int)outcome];
}
