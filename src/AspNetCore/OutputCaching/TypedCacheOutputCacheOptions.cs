namespace TypedCache.AspNetCore;

/// <summary>How a <see cref="TypedCacheOutputCacheStore"/> stores responses. Read once, when the store is created.</summary>
public sealed class TypedCacheOutputCacheOptions
{
    /// <summary>Precedes every key, behind the pool's own prefix. Applications that share servers need different ones. Default: <c>oc:</c>.</summary>
    public string InstanceName { get; set; } = "oc:";

    internal void Validate()
    {
        if (InstanceName is null)
        {
            throw new ArgumentException($"{nameof(TypedCacheOutputCacheOptions)}.{nameof(InstanceName)} is null. Leave it out for the default.");
        }
    }
}
