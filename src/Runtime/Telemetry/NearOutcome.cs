namespace TypedCache.Telemetry;

/// <summary>How a read that uses the near cache has got its value.</summary>
internal enum NearOutcome : byte
{
    Miss,
    Hit,
    Revalidated,
    Expired,
}

/// <summary>The outcomes as telemetry calls them.</summary>
internal static class NearOutcomes
{
    private static readonly string[] Names = ["miss", "hit", "revalidated", "expired"];

    /// <summary>An outcome as telemetry calls it.</summary>
    public static string NameOf(NearOutcome outcome) => Names[(int)outcome];
}
