namespace TypedCache.AspNetCore;

/// <summary>How a <see cref="TypedCacheOutputCacheStore"/> stores responses. Read once, when the store is created.</summary>
public sealed class TypedCacheOutputCacheOptions
{
    /// <summary>Precedes every key, behind the pool's own prefix. Applications that share servers need different ones. Default: <c>oc:</c>.</summary>
    public string InstanceName { get; set; } = "oc:";

    /// <summary>
    /// For how long the versions of tags are kept in this process, which bounds for how long reads do not see that another process has evicted
    /// by a tag: 100 milliseconds to one day, by default one second; 0: each read of a response with tags asks for them.
    /// </summary>
    public TimeSpan TagNear { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How the pool looks at tags.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TagNear"/> is not valid.</exception>
    internal TagOptions ToTagOptions() => new()
    {
        Near = TagNear == TimeSpan.Zero ? null
            : TagNear >= TimeSpan.FromMilliseconds(100) && TagNear <= TimeSpan.FromDays(1) ? new NearOptions { Duration = TagNear, SharesValues = true }
            : throw new ArgumentOutOfRangeException(nameof(TagNear), TagNear, $"{nameof(TagNear)} has to be 0, or from 100 milliseconds to one day."),
    };

    internal void Validate()
    {
        if (InstanceName is null)
        {
            throw new ArgumentException($"{nameof(TypedCacheOutputCacheOptions)}.{nameof(InstanceName)} is null. Leave it out for the default.");
        }
    }
}
