using System.Xml.Linq;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>The packages as they are published, in a folder which serves as a package source.</summary>
public sealed class PackedPackages(SdkArtifacts sdk) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The version, which all packages share, from the name of the first one's file.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The folder with the packages.</summary>
    public string Source => _folder["source"];

    /// <summary>The file of a package.</summary>
    public string File(string id) => Path.Combine(Source, $"{id}.{Version}.nupkg");

    public async ValueTask InitializeAsync()
    {
        var projects = PackageContract.All.Select(package => new XElement("Project", new XAttribute("Path", package.Project)));
        _folder.Write("Packages.slnx", new XElement("Solution", projects).ToString());
        await DotnetSdk.RunAsync(["pack", _folder["Packages.slnx"], "-c", "Release", "-o", Source], sdk.Path, _folder.Path);
        var digit = $"{PackageContract.All[0].Id}.".Length;
        Version = Directory.GetFiles(Source, "*.nupkg").Select(Path.GetFileNameWithoutExtension).Single(name => char.IsAsciiDigit(name![digit]))![digit..];
    }

    /// <summary>
    /// Lets a project take the packages from here and everything else from where it always comes from. What is restored lands beside
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
            <add key="packed" value="{Source}" />
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
