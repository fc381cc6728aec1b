using System.Net;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using TypedCache.Embedded;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Runs;

/// <summary>Compiles <c>TagScenarios.cs</c> with what is generated for it, and runs each of its scenarios with two pools over the same servers.</summary>
public sealed class TagRunTests
{
    private static readonly Lazy<Assembly> Scenarios = new(Load);

    public static TheoryData<string> Names => [.. Methods().Select(static method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Scenario(string name)
    {
        await using var one = new EmbeddedServer();
        await using var two = new EmbeddedServer();
        var servers = $"{Listen(one)}, {Listen(two)}";
        await using var first = Connect(servers);
        await using var second = Connect(servers);

        var run = (Task)Methods().Single(method => method.Name == name).Invoke(null, [Client(first), Client(second)])!;
        await run.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private static IPEndPoint Listen(EmbeddedServer server) => server.Listen(new IPEndPoint(IPAddress.Loopback, 0));

    private static MemcachedPool Connect(string servers)
    {
        var options = MemcachedConnectionString.Parse(servers).ToOptions();
        options.OperationTimeout = TimeSpan.FromMinutes(1);
        return MemcachedPool.Connect(options);
    }

    private static object? Client(MemcachedPool pool) => typeof(MemcachedPool).GetMethod(nameof(MemcachedPool.CreateClient))!
        .MakeGenericMethod(Scenarios.Value.GetType("Runs.ITaggedCache")!)
        .Invoke(pool, null);

    private static MethodInfo[] Methods() =>
        Scenarios.Value.GetType("Runs.TagScenarios")!.GetMethods(BindingFlags.Public | BindingFlags.Static);

    private static Assembly Load()
    {
        using var stream = typeof(TagRunTests).Assembly.GetManifestResourceStream("Runs.TagScenarios.cs")!;
        using var reader = new StreamReader(stream);
        var compilation = TestCompilation.Create(reader.ReadToEnd()).AddReferences(MetadataReference.CreateFromFile(typeof(Assert).Assembly.Location));
        var run = GeneratorRun.Of(compilation);
        run.AssertCompiles();
        return new AssemblyLoadContext("Tags").LoadFromStream(run.EmitImage());
    }
}
