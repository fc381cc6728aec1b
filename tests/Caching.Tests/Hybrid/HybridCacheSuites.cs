using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>The suite with one registration or the other; the rest of the application stays as it is.</summary>
public abstract class RegisteredHybridCacheSuite : HybridCacheSuite
{
    private readonly List<ServiceProvider> _providers = [];

    public override void Dispose()
    {
        _providers.ForEach(provider => provider.Dispose());
        GC.SuppressFinalize(this);
    }

    /// <summary>What the last cache was created from.</summary>
    protected IServiceProvider Services => _providers[^1];

    protected override HybridCache Create(Action<IServiceCollection>? configure = null, HybridSetup? setup = null)
    {
        var services = new ServiceCollection();
        Register(services, setup ?? new HybridSetup());
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return provider.GetRequiredService<HybridCache>();
    }

    protected abstract void Register(IServiceCollection services, HybridSetup setup);
}

/// <summary>Microsoft's, with both of its levels.</summary>
public sealed class MicrosoftHybridCacheTests : RegisteredHybridCacheSuite
{
    protected override Task UntilStoredAsync(string key)
    {
        var distributed = Services.GetRequiredService<IDistributedCache>();
        return Patiently.UntilAsync(() => distributed.Get(key) is not null);
    }

    protected override void Register(IServiceCollection services, HybridSetup setup)
    {
        services.AddSingleton<IDistributedCache, DictionaryDistributedCache>();
        services.AddHybridCache(options =>
        {
            options.DefaultEntryOptions = setup.DefaultEntryOptions;
            options.MaximumPayloadBytes = setup.MaximumPayloadBytes;
            options.MaximumKeyLength = setup.MaximumKeyLength;
        });
    }
}

/// <summary>Ours, and where it differs from Microsoft's.</summary>
public abstract class TypedCacheHybridCacheSuite : RegisteredHybridCacheSuite
{
    private readonly CacheFleet _fleet;

    private protected TypedCacheHybridCacheSuite(CacheFleet fleet) => _fleet = fleet;

    protected override bool StoresControlCharacters => true;

    protected override bool KeepsNullText => true;

    protected override bool RemovesOldValueOfTooLarge => true;

    protected override bool ReplacesUnreadable => true;

    protected override bool FlowsContext => true;

    protected override bool AllowsReentrancy => true;

    public override void Dispose()
    {
        base.Dispose();
        _fleet.Dispose();
        GC.SuppressFinalize(this);
    }

    // Each cache has keys of its own: those of one test share the servers.
    protected override void Register(IServiceCollection services, HybridSetup setup)
    {
        var pool = _fleet.Join();
        services.AddSingleton<HybridCache>(provider => new TypedCacheHybridCache(
            pool,
            new TypedCacheHybridCacheOptions
            {
                InstanceName = $"{Guid.NewGuid():N}:",
                DefaultEntryOptions = setup.DefaultEntryOptions,
                MaximumPayloadBytes = setup.MaximumPayloadBytes,
                MaximumKeyLength = setup.MaximumKeyLength,
            },
            provider));
    }
}

public sealed class EmbeddedHybridCacheTests() : TypedCacheHybridCacheSuite(CacheFleet.Embedded(servers: 2));

public sealed class ClassicHybridCacheTests() : TypedCacheHybridCacheSuite(CacheFleet.Embedded(protocol: MemcachedProtocol.Classic));

public sealed class MemcachedHybridCacheTests() : TypedCacheHybridCacheSuite(CacheFleet.Real());
