using Microsoft.CodeAnalysis;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Runs;

/// <summary>Ids of StronglyTypedId, whose members another generator adds: here a copy of what it makes.</summary>
public sealed class AnnouncedIdTests
{
    private const string Attributes = """
        namespace StronglyTypedIds
        {
            public enum Template { Guid, Int, String, Long }

            public sealed class StronglyTypedIdAttribute : System.Attribute
            {
                public StronglyTypedIdAttribute(Template template, params string[] templateNames) { }
                public StronglyTypedIdAttribute(params string[] templateNames) { }
            }

            [System.AttributeUsage(System.AttributeTargets.Assembly)]
            public sealed class StronglyTypedIdDefaultsAttribute : System.Attribute
            {
                public StronglyTypedIdDefaultsAttribute(Template template, params string[] templateNames) { }
            }
        }
        """;

    [Theory]
    [InlineData("[StronglyTypedIds.StronglyTypedId]", "", "System.Guid", "{id:N}")]
    [InlineData("[StronglyTypedIds.StronglyTypedId]", "[assembly: StronglyTypedIds.StronglyTypedIdDefaults(StronglyTypedIds.Template.Int)]", "int", "{id:X4}")]
    [InlineData("[StronglyTypedIds.StronglyTypedId(StronglyTypedIds.Template.Long)]", "", "long", "{id.Value:D9}")]
    [InlineData("[StronglyTypedIds.StronglyTypedId(StronglyTypedIds.Template.String)]", "", "string", "{id}")]
    public void The_attribute_tells_what_the_type_will_have(string attribute, string assembly, string inside, string placeholder)
    {
        var run = Run(attribute, assembly, inside, placeholder);

        run.AssertCompiles();
        Assert.Contains("return new global::Shop.OrderId(", run.Sources.Single().SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_template_of_the_users_own_nothing_is_known()
    {
        var run = Run("[StronglyTypedIds.StronglyTypedId(\"mine\")]", "", "int", "{other}");

        var problem = Assert.Single(run.Problems);
        Assert.Equal("TC0301", problem.Id);
        Assert.Contains("'Shop.OrderId' is partial and shows no members", problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static GeneratorRun Run(string attribute, string assembly, string inside, string placeholder) => GeneratorRun.Of(
        TestCompilation.Create(
            assembly,
            Attributes,
            $"namespace Shop {{ {attribute} public readonly partial struct OrderId; public sealed record Line(OrderId Id, OrderId? Last); }}",
            TestCompilation.Client($"[CacheKey(\"p:{placeholder}\")] ValueTask<Line?> GetAsync({(placeholder == "{other}" ? "int other" : "OrderId id")});")),
        new Completing(inside));

    private sealed class Completing(string inside) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.CompilationProvider,
            (output, _) => output.AddSource("OrderId.g.cs", $"namespace Shop; readonly partial struct OrderId {{ public OrderId({inside} value) => Value = value; public {inside} Value {{ get; }} }}"));
    }
}
