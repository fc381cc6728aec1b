namespace TypedCache.Generator.Model;

/// <summary>How values are kept, as the attributes say it; all times in seconds.</summary>
/// <param name="Expires">Null for never.</param>
/// <param name="Stale">0 for none.</param>
/// <param name="FailSafe">0 for none.</param>
/// <param name="LeaseTime">Null for the runtime's own.</param>
/// <param name="LeaseWait">Null for the runtime's own.</param>
/// <param name="Jitter">A part from 0 to 1.</param>
/// <param name="CacheNull">Whether null is stored.</param>
internal sealed record OptionsModel(
    long? Expires = null,
    long Stale = 0,
    long FailSafe = 0,
    long? LeaseTime = null,
    long? LeaseWait = null,
    decimal Jitter = 0,
    bool CacheNull = false)
{
    /// <summary>The share of the hits that are audited, from 0 to 1.</summary>
    public double Audit { get; init; }

    /// <summary>How reads use the values that the process keeps.</summary>
    public NearModel Near { get; init; } = NearModel.None;

    /// <summary>Whether nothing is set but, perhaps, the expiry.</summary>
    public bool IsOnlyExpiry => this == new OptionsModel(Expires);
}

/// <summary>A static field of the client that holds options.</summary>
internal sealed record OptionsField(string Name, OptionsModel Options);
