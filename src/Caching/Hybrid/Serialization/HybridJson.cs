using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace TypedCache.Caching;

/// <summary>
/// JSON for the types that nothing else serializes. Its options are looked for where Microsoft's implementation does: registered under
/// the key <c>typeof(IHybridCacheSerializer&lt;T&gt;)</c>, else <c>typeof(IHybridCacheSerializer&lt;&gt;)</c>, else the default ones.
/// </summary>
internal sealed class HybridJson(IKeyedServiceProvider? services)
{
    private static JsonSerializerOptions Usual => field ??= Populated(new JsonSerializerOptions());

    private static JsonSerializerOptions WithFields => field ??= Populated(new JsonSerializerOptions { IncludeFields = true });

    /// <exception cref="InvalidOperationException">The options have no metadata of the type.</exception>
    public IHybridCacheSerializer<T> Create<T>()
    {
        var registered = Registered(typeof(IHybridCacheSerializer<T>)) ?? Registered(typeof(IHybridCacheSerializer<>));
        if (registered is not null)
        {
            return Create<T>(Populated(registered));
        }

        if (!JsonSerializer.IsReflectionEnabledByDefault)
        {
            throw Missing(typeof(T), inner: null);
        }

        return Create<T>(FieldOnlyTypes.Has(typeof(T), Usual, WithFields) ? WithFields : Usual);
    }

    private static HybridJsonSerializer<T> Create<T>(JsonSerializerOptions options)
    {
        try
        {
            return new HybridJsonSerializer<T>((JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            throw Missing(typeof(T), exception);
        }
    }

    private static InvalidOperationException Missing(Type type, Exception? inner) => new(
        $"HybridCache has no serializer for {type}. Register an IHybridCacheSerializer<{type.Name}>, an IHybridCacheSerializerFactory, or JSON options that know the type: "
        + "services.AddKeyedSingleton<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>), new JsonSerializerOptions { TypeInfoResolver = MyJsonContext.Default }).",
        inner);

    private JsonSerializerOptions? Registered(Type key) => services?.GetKeyedService<JsonSerializerOptions>(key);

    // JsonSerializer itself does so with options that name no resolver.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Reached only where the application has left reflection on, which trimming turns off.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reached only where the application has left reflection on, which AOT turns off.")]
    private static JsonSerializerOptions Populated(JsonSerializerOptions options)
    {
        if (options.TypeInfoResolver is null && JsonSerializer.IsReflectionEnabledByDefault)
        {
            options.MakeReadOnly(populateMissingResolver: true);
        }

        return options;
    }
}
