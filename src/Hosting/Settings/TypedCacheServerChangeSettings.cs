namespace TypedCache.Hosting;

/// <summary>How a pool goes from one list of servers to another: <see cref="ServerChangeOptions"/>.</summary>
public sealed class TypedCacheServerChangeSettings
{
    /// <summary>For how long a key that is missing on its new server is looked for on its former one. By default values do not move.</summary>
    public TimeSpan WarmUp { get; set; }

    /// <summary>For how long the former servers go on to be used, so that every process has heard of the change.</summary>
    public TimeSpan Prepare { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>For how long writes go on to remove keys from their former servers. By default a day after a warm move, and not at all after another.</summary>
    public TimeSpan? CleanUp { get; set; }

    internal ServerChangeOptions ToOptions() => new() { WarmUp = WarmUp, Prepare = Prepare, CleanUp = CleanUp };
}
