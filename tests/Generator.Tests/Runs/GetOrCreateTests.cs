using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Runs;

/// <summary>Compiles <c>Scenarios.cs</c> with what is generated for it, and runs each of its scenarios over an embedded server.</summary>
public sealed class GetOrCreateTests
{
    private static readonly Lazy<Assembly> Scenarios = new(Load);

    public static TheoryData<string> Names => [.. Methods().Select(static method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Scenario(string name)
    {
        var clock = new FakeTimeProvider();
        await using var pool = MemcachedPool.InMemory(servers: 2, options => options.TimeProvider = clock);
        var interfaceType = Scenarios.Value.GetType("Runs.IRunCache")!;
        var client = typeof(MemcachedPool).GetMethod(nameof(MemcachedPool.CreateClient))!.MakeGenericMethod(interfaceType).Invoke(pool, null);

        var run = (Task)Methods().Single(method => method.Name == name).Invoke(null, [client, (Action<TimeSpan>)clock.Advance])!;
        await run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static MethodInfo[] Methods() =>
        Scenarios.Value.GetType("Runs.Scenarios")!.GetMethods(BindingFlags.Public | BindingFlags.Static);

    private static Assembly Load()
    {
        using var stream = typeof(GetOrCreateTests).Assembly.GetManifestResourceStream("Runs.Scenarios.cs")!;
        using var reader = new StreamReader(stream);
        var compilation = TestCompilation.Create(reader.ReadToEnd()).AddReferences(MetadataReference.CreateFromFile(typeof(Assert).Assembly.Location));
        var run = GeneratorRun.Of(compilation);
        run.AssertCompiles();
        return new AssemblyLoadContext("Runs").LoadFromStream(run.EmitImage());
    }
}
