namespace TypedCache.Integration.Tests.Publishing;

/// <summary>What a published package has to be.</summary>
/// <param name="Id">Its name, which is also that of its assembly and of its project.</param>
/// <param name="Folder">The folder of its project in <c>src</c>.</param>
/// <param name="Dependencies">The packages that it brings along, and no other.</param>
public sealed record PackageContract(string Id, string Folder, params string[] Dependencies)
{
    /// <summary>The packages that a project refers to.</summary>
    public static IReadOnlyList<PackageContract> Libraries { get; } =
    [
        new("TypedCache", "Runtime", "MessagePack", "Microsoft.Extensions.Logging.Abstractions"),
        new("TypedCache.Hosting", "Hosting",
            "TypedCache", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Options.ConfigurationExtensions", "OpenTelemetry.Api.ProviderBuilderExtensions"),
        new("TypedCache.Caching", "Caching", "TypedCache", "TypedCache.Hosting", "Microsoft.Extensions.Caching.Abstractions", "Microsoft.Extensions.Logging.Abstractions"),
        new("TypedCache.AspNetCore", "AspNetCore", "TypedCache", "TypedCache.Hosting"),
        new("TypedCache.FusionCache", "FusionCache", "TypedCache.Caching", "Microsoft.Extensions.Logging.Abstractions", "ZiggyCreatures.FusionCache"),
        new("TypedCache.Discovery.Dns", "Discovery.Dns", "TypedCache", "DnsClient"),
        new("TypedCache.Testing", "Testing", "TypedCache"),
        new("TypedCache.Aspire.Hosting", "Aspire.Hosting", "TypedCache", "Aspire.Hosting"),
    ];

    /// <summary>The command-line tool, which has everything inside.</summary>
    public static PackageContract Tool { get; } = new("TypedCache.Tool", "Tool");

    /// <summary>All packages.</summary>
    public static IReadOnlyList<PackageContract> All { get; } = [.. Libraries, Tool];

    /// <summary>The names of all packages.</summary>
    public static TheoryData<string> Ids => [.. All.Select(package => package.Id)];

    /// <summary>The names of the packages that a project refers to.</summary>
    public static TheoryData<string> LibraryIds => [.. Libraries.Select(package => package.Id)];

    /// <summary>The project.</summary>
    public string Project => Path.Combine(DotnetSdk.Repository, "src", Folder, $"{Id}.csproj");

    public static PackageContract Of(string id) => All.Single(package => package.Id == id);
}
