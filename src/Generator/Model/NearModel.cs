namespace TypedCache.Generator.Model;

/// <summary>How reads use the values that the process keeps.</summary>
/// <param name="Duration">For how long a value is given out without asking its server, in milliseconds; 0 for none.</param>
/// <param name="Revalidate">For how long it is kept to be asked for, in milliseconds; 0 for none.</param>
internal sealed record NearModel(long Duration, long Revalidate = 0)
{
    /// <summary>Nothing is kept.</summary>
    public static NearModel None { get; } = new(0);

    /// <summary>Whether anything is kept.</summary>
    public bool IsOn => Duration > 0;

    /// <summary>For how long before its removal a value is stale, in seconds.</summary>
    public long Stale { get; init; }

    /// <summary>Whether all callers get the same object, because nothing in it can change.</summary>
    public bool SharesValues { get; init; }
}

/// <summary>A static field of the client that holds near options.</summary>
internal sealed record NearField(string Name, NearModel Near);
