namespace TypedCache.Generator.Model;

/// <summary>The options of cached values, as the attributes and the runtime's <c>GetOrCreateOptions</c> call them.</summary>
internal static class OptionNames
{
    public const string Expires = "Expires";
    public const string Stale = "Stale";
    public const string FailSafe = "FailSafe";
    public const string LeaseTime = "LeaseTime";
    public const string LeaseWait = "LeaseWait";
    public const string Jitter = "Jitter";
    public const string Audit = "Audit";
    public const string CacheNull = "CacheNull";
    public const string Near = "Near";
    public const string NearRevalidate = "NearRevalidate";

    /// <summary>Those that not every operation uses. All may have an expiry, so that methods with one key can have one attribute.</summary>
    public static readonly string[] All = [Stale, FailSafe, LeaseTime, LeaseWait, Jitter, Audit, CacheNull, Near, NearRevalidate];

    /// <summary>Those that change when a value expires.</summary>
    public static readonly string[] OfExpiry = [Stale, Jitter];

    /// <summary>Those of operations that can keep what they read in the process.</summary>
    public static readonly string[] OfReads = [Near, NearRevalidate];

    /// <summary>Those of operations that do, and have to know when it is stale.</summary>
    public static readonly string[] OfNearReads = [Near, NearRevalidate, Stale];
}
