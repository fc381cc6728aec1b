using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Runs;

/// <summary>
/// Ids and value objects as people have them: <c>PeoplesTypes.cs</c> is compiled with Vogen and with our generator, each of which does not
/// see what the other makes, and run over an embedded server.
/// </summary>
public sealed class PeoplesTypesTests
{
    private static readonly Lazy<Assembly> Scenarios = new(Load);

    public static TheoryData<string> Names => [.. Methods().Select(static method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Scenario(string name)
    {
        await using var pool = MemcachedPool.InMemory(servers: 2, static options => options.TimeProvider = new FakeTimeProvider());

        var run = (Task)Methods().Single(method => method.Name == name).Invoke(null, [pool])!;
        await run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static MethodInfo[] Methods() =>
        Scenarios.Value.GetType("Runs.Scenarios")!.GetMethods(BindingFlags.Public | BindingFlags.Static);

    private static Assembly Load()
    {
        using var stream = typeof(PeoplesTypesTests).Assembly.GetManifestResourceStream("Runs.PeoplesTypes.cs")!;
        using var reader = new StreamReader(stream);
        var compilation = TestCompilation.Create(reader.ReadToEnd()).AddReferences(
            new[] { typeof(Assert), typeof(Instant), typeof(Vogen.ValueObjectAttribute) }.Select(static type => MetadataReference.CreateFromFile(type.Assembly.Location)));
        var vogen = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Generators", "Vogen.dll")).GetType("Vogen.ValueObjectGenerator", throwOnError: true)!;
        var run = GeneratorRun.Of(compilation, (IIncrementalGenerator)Activator.CreateInstance(vogen)!);
        run.AssertCompiles();
        return new AssemblyLoadContext("PeoplesTypes").LoadFromStream(run.EmitImage());
    }
}
