namespace TypedCache.Integration.Tests.Publishing;

/// <summary>The package as it is published, in a folder which serves as a package source.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string File { get; private set; } = "";

    /// <summary>The package's version, from its file's name.</summary>
    public string Version => Path.GetFileNameWithoutExtension(File)["TypedCache.".Length..];

    public async ValueTask InitializeAsync()
    {
        var project = Path.Combine(DotnetSdk.Repository, "src", "Runtime", "TypedCache.csproj");
        await DotnetSdk.RunAsync(["pack", project, "-c", "Release", "-o", _folder["source"]], _folder["artifacts"], _folder.Path);
        File = Assert.Single(Directory.GetFiles(_folder["source"], "*.nupkg"));
    }

    /// <summary>
    /// Lets a project take the package from here and everything else from where it always comes from. What is restored lands beside
    /// the project: another build of the same version must not be found in the user's own cache, nor be left there.
    /// </summary>
    public void WriteConfiguration(TemporaryFolder consumer) => consumer.Write("nuget.config", $"""
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="{consumer["packages"]}" />
          </config>
          <fallbackPackageFolders>
            <add key="user" value="{UserPackages()}" />
          </fallbackPackageFolders>
          <packageSources>
            <add key="packed" value="{_folder["source"]}" />
          </packageSources>
        </configuration>
        """);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string UserPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
