using System.Diagnostics;
using TypedCache.Generator.Tests.Rules;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Contracts;

/// <summary>A real build: it writes the contract beside the project file, compares with it, and writes it anew.</summary>
public sealed class ContractBuildTests : IDisposable
{
    private const string Update = "-p:TypedCacheUpdateContract=true";

    private readonly string _folder = Directory.CreateTempSubdirectory("contract").FullName;

    private string Contract => Path.Combine(_folder, "TypedCache.contract.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Build_writes_the_contract_and_compares_with_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Shop.csproj"), Project(), TestContext.Current.CancellationToken);
        await WriteAsync("int");

        Assert.Equal("", await BuildAsync(Update));
        var source = await File.ReadAllTextAsync(Path.Combine(_folder, "Shop.cs"), TestContext.Current.CancellationToken);
        Assert.Equal(GeneratorRun.Of(source).Contract, (await ReadContractAsync()).TrimEnd());

        await WriteAsync("string");
        Assert.Contains("error TC0601: Product.Id", await BuildAsync("--no-restore"), StringComparison.Ordinal);

        Assert.Equal("", await BuildAsync(Update));
        Assert.Contains("\"name\": \"Id\", \"type\": \"string\"", await ReadContractAsync(), StringComparison.Ordinal);
    }

    private Task<string> ReadContractAsync() => File.ReadAllTextAsync(Contract, TestContext.Current.CancellationToken);

    private Task WriteAsync(string type) => File.WriteAllTextAsync(
        Path.Combine(_folder, "Shop.cs"),
        ContractRuleTests.Shop(
            $"[MessagePackObject] public record Product([property: Key(0)] {type} Id);",

            // What means something to the build.
            "[CacheKey(\"product:{id};{{x}}$(HOME)@(Compile)%(Identity)%25%3b\")] ValueTask SetAsync(int id, Product value, CancellationToken ct = default);",
            "CacheClient(\"shop\", KeyPolicy = TypedCache.Keys.KeyPolicy.Reject)"),
        TestContext.Current.CancellationToken);

    // The lines with errors and warnings; for an editor that reads them, each is there twice.
    private async Task<string> BuildAsync(string option)
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-nologo", "-v:q", "-clp:NoSummary", "-nodeReuse:false", "-p:UseSharedCompilation=false", option]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        start.Environment.Remove("MSBuildSDKsPath");
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        return string.Join("\n", output.Split('\n').Where(static line => line.Contains("error", StringComparison.Ordinal) || line.Contains("warning", StringComparison.Ordinal)).Distinct());
    }

    private static string Project() => $$"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Library</OutputType>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{{typeof(MemcachedPool).Assembly.Location}}" />
            <Reference Include="{{typeof(MessagePack.MessagePackWriter).Assembly.Location}}" />
            <Reference Include="{{typeof(MessagePack.MessagePackObjectAttribute).Assembly.Location}}" />
            <Analyzer Include="{{typeof(CacheClientGenerator).Assembly.Location}}" />
          </ItemGroup>
          <Import Project="{{Path.Combine(RuleCompletenessTests.Root, "src/Runtime/buildTransitive/TypedCache.targets")}}" />
        </Project>
        """;
}
