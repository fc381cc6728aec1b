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

    // There their members can be seen, some of which look as if the type could be made without its factory.
    [Fact]
    public void Types_of_Vogen_in_another_project_are_the_same()
    {
        const string Types = """
            namespace Shop;
            [Vogen.ValueObject<int>] public readonly partial struct CustomerId;
            [Vogen.ValueObject<string>] public partial class Email;
            [Vogen.ValueObject<System.DateTimeOffset>] public partial record class Since;
            [Vogen.ValueObject] public partial record struct Rank;
            public sealed record Profile(CustomerId Id, Email? Mail, Since Since, System.Collections.Generic.List<Rank> Ranks);
            """;
        var members = TestCompilation.Client(
            "[CacheKey(\"p:{id}:{mail}:{since}:{ranks.Value}\")] ValueTask<int> DeleteManyAsync(CustomerId id, Email mail, Since since, Rank[] ranks);"
            + "[CacheKey(\"q:{id}\", Schema = true)] CacheEntry<Profile> Profile(int id);");
        var together = GeneratorRun.Of(TestCompilation.Create(members, Types).AddReferences(References), Vogen());
        using var image = GeneratorRun.Of(TestCompilation.Create(Types).WithAssemblyName("Types").AddReferences(References), Vogen()).EmitImage();
        var apart = GeneratorRun.Of(TestCompilation.Create(members).AddReferences([.. References, MetadataReference.CreateFromStream(image)]));

        together.AssertCompiles();
        apart.AssertCompiles();
        Assert.Equal(together.Sources.Single().SourceText.ToString(), apart.Sources.Single().SourceText.ToString());
    }

    private static MetadataReference[] References { get; } =
        [.. new[] { typeof(Assert), typeof(Instant), typeof(global::Vogen.ValueObjectAttribute) }.Select(static type => MetadataReference.CreateFromFile(type.Assembly.Location))];

    private static IIncrementalGenerator Vogen()
    {
        var assembly = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Generators", "Vogen.dll"));
        return (IIncrementalGenerator)Activator.CreateInstance(assembly.GetType("Vogen.ValueObjectGenerator", throwOnError: true)!)!;
    }

    private static MethodInfo[] Methods() =>
        Scenarios.Value.GetType("Runs.Scenarios")!.GetMethods(BindingFlags.Public | BindingFlags.Static);

    private static Assembly Load()
    {
        using var stream = typeof(PeoplesTypesTests).Assembly.GetManifestResourceStream("Runs.PeoplesTypes.cs")!;
        using var reader = new StreamReader(stream);
        var run = GeneratorRun.Of(TestCompilation.Create(reader.ReadToEnd()).AddReferences(References), Vogen());
        run.AssertCompiles();
        return new AssemblyLoadContext("PeoplesTypes").LoadFromStream(run.EmitImage());
    }
}
