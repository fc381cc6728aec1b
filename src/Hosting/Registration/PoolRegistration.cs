using Microsoft.Extensions.Options;

namespace TypedCache.Hosting;

/// <summary>
/// What has been asked for one pool. There is one for each key, whoever registers it how often; it stands in the services, so that later
/// calls find it.
/// </summary>
internal sealed class PoolRegistration(string? key, PoolNames names)
{
    /// <summary>The key; null for the pool without one.</summary>
    public string? Key { get; } = key;

    /// <summary>The name in configuration; empty if it has none.</summary>
    public string Name { get; private set; } = key ?? "";

    /// <summary>The name of its options.</summary>
    public string OptionsName => Key ?? Options.DefaultName;

    /// <summary>How many embedded servers it has; null: those of the settings.</summary>
    public int? EmbeddedServers { get; set; }

    /// <summary>What changes the pool's options when it is created, in this order.</summary>
    public List<Action<IServiceProvider, MemcachedPoolOptions>> ConfigurePool { get; } = [];

    /// <summary>The health check, if there is one.</summary>
    public HealthCheckChoice? HealthCheck { get; set; }

    /// <summary>Whether and how it is warmed up.</summary>
    public List<Action<TypedCacheWarmUpOptions>>? WarmUp { get; set; }

    /// <summary>The section with its settings.</summary>
    public string SectionPath => Name.Length == 0 ? TypedCacheSettings.SectionName : $"{TypedCacheSettings.SectionName}:{Name}";

    /// <summary>Where configuration has its connection string.</summary>
    public string ConnectionStringPath => $"ConnectionStrings:{Name}";

    /// <summary>Where its settings come from, for messages.</summary>
    public string SettingsPaths => Name.Length == 0 ? SectionPath : $"{ConnectionStringPath} or {SectionPath}";

    /// <summary>The pool in messages.</summary>
    public string Title => Name.Length == 0 ? "the cache" : $"the cache '{Name}'";

    /// <summary>What to do if no server is configured.</summary>
    public string NoServers =>
        $"No memcached server is configured for {Title}. Set {ServerPaths}, for example to \"cache-1:11211, cache-2:11211\". For embedded servers in this process, call UseInMemory().";

    /// <summary>Where servers can be configured.</summary>
    public string ServerPaths => Name.Length == 0
        ? $"{SectionPath}:{nameof(TypedCacheSettings.ConnectionString)}"
        : $"{ConnectionStringPath} or {SectionPath}:{nameof(TypedCacheSettings.ConnectionString)}";

    /// <summary>The names of all pools, whose sections stand side by side.</summary>
    public IReadOnlyCollection<string> Neighbors() => names.All;

    /// <summary>Takes a name. One that it has already stays.</summary>
    /// <exception cref="InvalidOperationException">It has another one.</exception>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public void TakeName(string name)
    {
        names.Add(name);
        if (Name.Length > 0 && !Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"The cache without a key is registered as '{Name}' already, and there can be only one. Register '{name}' by AddKeyedTypedCache(\"{name}\").");
        }

        Name = name;
    }
}
