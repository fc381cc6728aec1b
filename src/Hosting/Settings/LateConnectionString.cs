using Microsoft.Extensions.Options;

namespace TypedCache.Hosting;

/// <summary>Takes over a connection string that code has set.</summary>
internal sealed class LateConnectionString(PoolRegistration registration) : IPostConfigureOptions<TypedCacheSettings>
{
    public void PostConfigure(string? name, TypedCacheSettings options)
    {
        if (name == registration.OptionsName)
        {
            ConnectionStringSettings.Apply(options, nameof(TypedCacheSettings.ConnectionString));
        }
    }
}
