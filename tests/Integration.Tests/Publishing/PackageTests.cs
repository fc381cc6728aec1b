using System.IO.Compression;
using System.Xml.Linq;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>Packs the package and uses it as anybody would: from a project outside the solution.</summary>
[Collection(SdkBuilds.Name)]
public sealed class PackageTests(PackedPackage package, ITestOutputHelper console) : IClassFixture<PackedPackage>
{
    private const string Program = """
        using Consumer;
        using TypedCache;

        await using var pool = MemcachedPool.InMemory();
        var cache = pool.CreateClient<IShopCache>();
        await cache.SetProductAsync(42, new Product("Lamp", 9.99m));
        Console.WriteLine(await cache.GetProductAsync(42));

        namespace Consumer
        {
            internal sealed record Product(string Name, decimal Price);

            [CacheClient("shop", Expires = "1h")]
            internal partial interface IShopCache
            {
                [CacheKey("product:{id}")]
                ValueTask<Product?> GetProductAsync(int id, CancellationToken cancellationToken = default);

                [CacheKey("product:{id}")]
                ValueTask SetProductAsync(int id, Product value, CancellationToken cancellationToken = default);
            }
        }
        """;

    private const string Printed = "Product { Name = Lamp, Price = 9.99 }";

    [Fact]
    public void The_package_holds_the_runtime_and_what_the_compiler_loads()
    {
        using var archive = ZipFile.OpenRead(package.File);
        Assert.Equal(
            [
                "README.md",
                "TypedCache.nuspec",
                "analyzers/dotnet/cs/TypedCache.CodeFixes.dll",
                "analyzers/dotnet/cs/TypedCache.Generator.dll",
                "lib/net10.0/TypedCache.dll",
                "lib/net10.0/TypedCache.xml",
            ],
            ContentOf(archive));
    }

    [Fact]
    public void The_symbols_have_a_package_of_their_own()
    {
        using var archive = ZipFile.OpenRead(Path.ChangeExtension(package.File, ".snupkg"));

        Assert.Equal(["TypedCache.nuspec", "lib/net10.0/TypedCache.pdb"], ContentOf(archive));
    }

    [Fact]
    public void The_package_brings_MessagePack_alone()
    {
        using var archive = ZipFile.OpenRead(package.File);
        using var stream = archive.GetEntry("TypedCache.nuspec")!.Open();
        var dependencies = XDocument.Load(stream).Descendants().Where(static element => element.Name.LocalName == "dependency");

        Assert.Equal("MessagePack", Assert.Single(dependencies).Attribute("id")!.Value);
    }

    [Fact]
    public async Task A_project_outside_the_solution_restores_builds_and_runs()
    {
        using var folder = new TemporaryFolder();
        var project = WriteConsumer(folder);

        await DotnetSdk.RunAsync(["build", project, "-c", "Release"], folder["artifacts"], folder.Path);
        var run = await FinishedProcess.RunAsync("dotnet", folder.Path, folder["artifacts/bin/Consumer/release/Consumer.dll"]);

        Assert.Equal((0, Printed), (run.ExitCode, run.Output.Trim()));
    }

    [Fact]
    public async Task A_project_outside_the_solution_runs_as_native_code()
    {
        using var folder = new TemporaryFolder();
        var program = await NativeProgram.PublishAsync(WriteConsumer(folder), "Consumer", folder);
        var run = await program.RunAsync();

        program.AssertNoWarnings();
        Assert.Equal(Printed, run.Output.Trim());
        console.WriteLine($"{program.Bytes:N0} bytes");
    }

    private static IEnumerable<string> ContentOf(ZipArchive archive) => archive.Entries
        .Select(static entry => entry.FullName)
        .Where(static name => !name.StartsWith("_rels/", StringComparison.Ordinal)
            && !name.StartsWith("package/", StringComparison.Ordinal)
            && name != "[Content_Types].xml")
        .Order(StringComparer.Ordinal);

    private string WriteConsumer(TemporaryFolder folder)
    {
        package.WriteConfiguration(folder);
        folder.Write("Program.cs", Program);
        // As the solution does: no analyzer of MessagePack's, and a version of its helper which every source has. The package cannot
        // prune the analyzer for everybody: it also generates formatters, for those who serialize with MessagePack themselves, and
        // what a package says is not known before it has been restored once.
        folder.Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <PublishAot>true</PublishAot>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TypedCache" Version="{package.Version}" />
                <PackageReference Include="Microsoft.NET.StringTools" Version="18.0.2" />
                <PrunePackageReference Include="MessagePackAnalyzer" Version="3.1.12" />
              </ItemGroup>
            </Project>
            """);
        return folder["Consumer.csproj"];
    }
}
