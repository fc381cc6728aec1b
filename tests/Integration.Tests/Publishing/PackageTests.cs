using System.IO.Compression;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>Packs the packages and uses them as anybody would: from projects outside the solution.</summary>
[Collection(SdkBuilds.Name)]
public sealed class PackageTests(PackedPackages packages, ITestOutputHelper console) : IClassFixture<PackedPackages>
{
    private const string ClientProgram = """
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

    private const string CachingProgram = """
        using Microsoft.Extensions.Caching.Distributed;
        using TypedCache;
        using TypedCache.Caching;

        await using var pool = MemcachedPool.InMemory();
        var cache = new TypedCacheDistributedCache(pool, new TypedCacheDistributedCacheOptions { InstanceName = "app:" });
        cache.SetString("blocking", "one", new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) });
        await cache.SetStringAsync("async", "two", new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) });
        cache.Refresh("blocking");
        Console.WriteLine($"{await cache.GetStringAsync("blocking")} {cache.GetString("async")}");
        """;

    // Loads each library that is named, and publishes an application model.
    private const string EveryLibraryProgram = """
        using System.Reflection;
        using Aspire.Hosting;

        foreach (var name in args[1..])
        {
            Console.WriteLine(Assembly.Load(name).GetName().Name);
        }

        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { DisableDashboard = true, Args = ["--operation", "publish", "--publisher", "manifest", "--output-path", args[0]] });
        builder.AddMemcached("cache", nodes: 2);
        builder.Build().Run();
        """;

    [Fact]
    public void The_core_holds_the_runtime_and_what_the_compiler_loads()
    {
        using var archive = ZipFile.OpenRead(packages.File("TypedCache"));
        Assert.Equal(
            [
                "README.md",
                "TypedCache.nuspec",
                "analyzers/dotnet/cs/TypedCache.CodeFixes.dll",
                "analyzers/dotnet/cs/TypedCache.Generator.dll",
                "buildTransitive/TypedCache.targets",
                "lib/net10.0/TypedCache.dll",
                "lib/net10.0/TypedCache.xml",
            ],
            ContentOf(archive));
    }

    [Theory]
    [MemberData(nameof(PackageContract.LibraryIds), MemberType = typeof(PackageContract))]
    public void A_library_has_its_documentation_and_its_symbols_in_a_package_of_their_own(string id)
    {
        using var archive = ZipFile.OpenRead(packages.File(id));
        using var symbols = ZipFile.OpenRead(Path.ChangeExtension(packages.File(id), ".snupkg"));

        Assert.Equal([$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], ContentOf(archive).Where(static name => name.StartsWith("lib/", StringComparison.Ordinal)));
        Assert.Equal([$"{id}.nuspec", $"lib/net10.0/{id}.pdb"], ContentOf(symbols));
    }

    [Theory]
    [MemberData(nameof(PackageContract.Ids), MemberType = typeof(PackageContract))]
    public void A_package_brings_what_it_needs_and_nothing_else(string id)
    {
        var dependencies = Nuspec.Read(packages.File(id)).Dependencies;

        Assert.Equal(PackageContract.Of(id).Dependencies.Order(StringComparer.Ordinal), dependencies.Keys.Order(StringComparer.Ordinal));
        Assert.All(dependencies.Where(static dependency => dependency.Key.StartsWith("TypedCache", StringComparison.Ordinal)), own => Assert.Equal(packages.Version, own.Value));
    }

    [Theory]
    [MemberData(nameof(PackageContract.Ids), MemberType = typeof(PackageContract))]
    public void A_package_has_a_licence_and_says_what_it_is(string id)
    {
        var nuspec = Nuspec.Read(packages.File(id));
        using var archive = ZipFile.OpenRead(packages.File(id));
        using var readme = new StreamReader(archive.GetEntry(nuspec.Readme)!.Open());

        Assert.Equal("MIT", nuspec.License);
        Assert.StartsWith($"# {id}\n", readme.ReadToEnd(), StringComparison.Ordinal);
        Assert.InRange(nuspec.Description.Length, 20, 200);
    }

    [Fact]
    public async Task A_project_outside_the_solution_restores_builds_and_runs()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(Printed, await BuildAndRunAsync(folder, WriteClient(folder)));
    }

    [Fact]
    public async Task A_project_outside_the_solution_runs_as_native_code()
    {
        using var folder = new TemporaryFolder();
        var program = await NativeProgram.PublishAsync(WriteClient(folder), "Consumer", folder["artifacts"], folder["published"]);
        var run = await program.RunAsync();

        program.AssertNoWarnings();
        Assert.Equal(Printed, run.Output.Trim());
        console.WriteLine($"{program.Bytes:N0} bytes");
    }

    [Fact]
    public async Task The_distributed_cache_runs_in_a_console_application_without_ASP_NET_Core()
    {
        using var folder = new TemporaryFolder();
        var project = WriteConsumer(folder, CachingProgram, isNative: true, ["TypedCache.Caching"]);

        Assert.Equal("one two", await BuildAndRunAsync(folder, project));
        Assert.DoesNotContain("AspNetCore", await File.ReadAllTextAsync(folder["artifacts/bin/Consumer/release/Consumer.runtimeconfig.json"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_uses_every_library()
    {
        using var folder = new TemporaryFolder();
        var ids = PackageContract.Libraries.Select(static package => package.Id).ToList();

        var output = await BuildAndRunAsync(folder, WriteConsumer(folder, EveryLibraryProgram, isNative: false, ids), [folder["manifest.json"], .. ids]);

        Assert.Equal(ids, output.Split('\n', StringSplitOptions.TrimEntries).Take(ids.Count));
        Assert.Contains("{cache-2.bindings.tcp.host}", await File.ReadAllTextAsync(folder["manifest.json"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    // What an application model runs that says RunAsEmbedded().
    [Fact]
    public async Task The_tool_runs_without_being_installed_and_ends_by_a_signal()
    {
        using var folder = new TemporaryFolder();
        packages.WriteConfiguration(folder);

        await using var tool = RunningTool.Start(folder, ["tool", "exec", $"TypedCache.Tool@{packages.Version}", "--yes", "--", "serve", "-p", "0"]);
        var address = await tool.ReadAddressAsync();
        await using (var pool = MemcachedPool.Connect(address))
        {
            Assert.True((await pool.GetVersionsAsync(TestContext.Current.CancellationToken))[0].Answered);
        }

        await tool.TerminateAsync();

        await using var afterwards = MemcachedPool.Connect(address);
        Assert.False((await afterwards.GetVersionsAsync(TestContext.Current.CancellationToken))[0].Answered);
    }

    private static async Task<string> BuildAndRunAsync(TemporaryFolder folder, string project, params string[] arguments)
    {
        await DotnetSdk.RunAsync(["build", project, "-c", "Release"], folder["artifacts"], folder.Path);
        var run = await FinishedProcess.RunAsync("dotnet", folder.Path, [folder["artifacts/bin/Consumer/release/Consumer.dll"], .. arguments]);
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output.Trim();
    }

    private static IEnumerable<string> ContentOf(ZipArchive archive) => archive.Entries
        .Select(static entry => entry.FullName)
        .Where(static name => !name.StartsWith("_rels/", StringComparison.Ordinal)
            && !name.StartsWith("package/", StringComparison.Ordinal)
            && name != "[Content_Types].xml")
        .Order(StringComparer.Ordinal);

    private string WriteClient(TemporaryFolder folder) => WriteConsumer(folder, ClientProgram, isNative: true, ["TypedCache"]);

    private string WriteConsumer(TemporaryFolder folder, string program, bool isNative, IReadOnlyList<string> ids)
    {
        packages.WriteConfiguration(folder);
        folder.Write("Program.cs", program);
        var references = string.Join('\n', ids.Select(id => $"""<PackageReference Include="{id}" Version="{packages.Version}" />"""));
        // As the solution does: no analyzer of MessagePack's, and versions of what other packages bring along which every source has. The
        // package cannot prune the analyzer for everybody: it also generates formatters, for those who serialize with MessagePack themselves,
        // and what a package says is not known before it has been restored once.
        var others = isNative ? "" : """
            <PackageReference Include="Polly.Core" Version="8.8.0" />
            <PackageReference Include="Nerdbank.MessagePack" Version="1.3.88" />
            """;
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
                <PublishAot>{isNative}</PublishAot>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
              </PropertyGroup>
              <ItemGroup>
                {references}
                <PackageReference Include="Microsoft.NET.StringTools" Version="18.0.2" />
                {others}
                <PrunePackageReference Include="MessagePackAnalyzer" Version="3.1.12" />
              </ItemGroup>
            </Project>
            """);
        return folder["Consumer.csproj"];
    }
}
