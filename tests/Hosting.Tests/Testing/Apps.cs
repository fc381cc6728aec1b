using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedCache.Hosting.Tests.Testing;

/// <summary>Application builders as a real application has them, with nothing of the machine's own configuration.</summary>
internal static class Apps
{
    // No test depends on how busy the machine is.
    private static readonly KeyValuePair<string, string?>[] Patience =
    [
        new("TypedCache:OperationTimeout", "00:01:00"),
        new("TypedCache:ConnectTimeout", "00:01:00"),
    ];

    /// <summary>A builder with settings. Scopes are validated, and what is logged is remembered.</summary>
    public static HostApplicationBuilder Create(string environment = "Production", params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(Patience);
        builder.Configuration.AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }));
        var log = new MemoryLog();
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddSingleton(log);
        return builder;
    }

    /// <summary>The same with a JSON text as its appsettings.json.</summary>
    public static HostApplicationBuilder WithJson(string json, string environment = "Production")
    {
        var builder = Create(environment);
        builder.Configuration.AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)));
        return builder;
    }

    public static MemoryLog Log(this IHost host) => host.Services.GetRequiredService<MemoryLog>();
}
