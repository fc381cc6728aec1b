namespace TypedCache.Telemetry;

/// <summary>A near cache as instruments see it.</summary>
internal interface IObservedNearCache
{
    /// <summary>How many values it keeps.</summary>
    int Count { get; }

    /// <summary>How much memory they take, in bytes.</summary>
    long Bytes { get; }

    /// <summary>How many values it has removed for want of room.</summary>
    long Evictions { get; }
}
