using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Incremental;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Incremental;

/// <summary>What a client depends on, and what it does not: an edit elsewhere reads it again, or leaves what was read.</summary>
public sealed class DependencyTests
{
    private const string Client = """
        using Shop.Models;
        using Money = Shop.Models.Price;
        namespace Shop;
        [TypedCache.CacheClient(Names.Area)]
        public partial interface IShopCache : IShared
        {
            [TypedCache.CacheKey(Names.Product + ":{id}:{size}")] System.Threading.Tasks.ValueTask<Product?> GetAsync(Guid id, Size size, System.Threading.CancellationToken ct = default);
            [TypedCache.CacheKey("day:{id}")] System.Threading.Tasks.ValueTask<System.DayOfWeek?> GetDayAsync(OrderId id, System.Threading.CancellationToken ct = default);
            [TypedCache.CacheKey("item:{id}")] System.Threading.Tasks.ValueTask<string?> GetItemAsync(ItemId id, System.Threading.CancellationToken ct = default);
            [TypedCache.CacheKey("money:{owner.City}")] System.Threading.Tasks.ValueTask<Money?> GetMoneyAsync(Owner owner, System.Threading.CancellationToken ct = default);
        }
        """;

    private const string Models = """
        namespace Shop.Models
        {
            public class Product : Base { public int Id { get; set; } public Price? Price { get; init; } private int _x = 1; public int Sum(int a) { return a + _x; } }
            public class Base { public long Version { get; set; } }
            public struct Price { public decimal Amount { get; set; } }
            public enum Size { Small, Large }
            public class Owner { public string City { get; set; } = "here"; }
        }
        """;

    private const string Other = """
        namespace Shop
        {
            internal static class Names { public const string Area = "shop"; public const string Product = Kind + "duct"; private const string Kind = "pro"; }
            public interface IShared { int Plus(int x) => x + 1; }
            public class Unrelated { public int Number { get; set; } = 5; public int Work(int x) { return x + 1; } }
        }
        """;

    private const string Codecs = """
        [assembly: TypedCache.CacheCodec(typeof(System.DayOfWeek), typeof(DayCodec))]
        public class DayCodec : TypedCache.Values.ICacheCodec<System.DayOfWeek>
        {
            public TypedCache.Values.CacheFlags Write(System.Buffers.IBufferWriter<byte> output, System.DayOfWeek value) { return default; }
            public System.DayOfWeek Read(System.Buffers.ReadOnlySequence<byte> payload, TypedCache.Values.CacheFlags flags) { return default; }
        }
        public class OtherDayCodec : TypedCache.Values.ICacheCodec<System.DayOfWeek>
        {
            public OtherDayCodec() { }
            public TypedCache.Values.CacheFlags Write(System.Buffers.IBufferWriter<byte> output, System.DayOfWeek value) { return default; }
            public System.DayOfWeek Read(System.Buffers.ReadOnlySequence<byte> payload, TypedCache.Values.CacheFlags flags) { return default; }
        }
        """;

    // Both packages as far as their attributes go; their generators' part of the types is never seen.
    private const string Defaults = """
        [assembly: Vogen.VogenDefaults(typeof(int))]
        [assembly: StronglyTypedIds.StronglyTypedIdDefaults(StronglyTypedIds.Template.Int)]
        namespace Vogen
        {
            public class ValueObjectAttribute : System.Attribute { }
            public class VogenDefaultsAttribute(System.Type type) : System.Attribute { public System.Type Type => type; }
        }
        namespace StronglyTypedIds
        {
            public enum Template { Guid, Int, String, Long }
            public class StronglyTypedIdAttribute : System.Attribute { }
            public class StronglyTypedIdDefaultsAttribute(Template template) : System.Attribute { public Template Template => template; }
        }
        namespace Shop
        {
            [Vogen.ValueObject] public partial struct OrderId { }
            [StronglyTypedIds.StronglyTypedId] public partial struct ItemId { }
        }
        """;

    private const string Globals = "global using System;";

    [Theory]
    [InlineData("Models.cs", "a + _x", "a - _x - 5")]
    [InlineData("Models.cs", "_x = 1", "_x = 2")]
    [InlineData("Models.cs", "\"here\"", "\"there\"")]
    [InlineData("Models.cs", "public enum", "\n\n// moved\npublic enum")]
    [InlineData("Other.cs", "x + 1;", "x * 2;")]
    [InlineData("Other.cs", "return x + 1", "var y = x; int Inner() { return y; } return Inner()")]
    [InlineData("Other.cs", "= 5", "= 6")]
    [InlineData("Other.cs", "class Unrelated {", "class Unrelated { private int _added; [System.Obsolete] public string? Text { get; set; }")]
    [InlineData("Other.cs", "public int Number", "public long Numbers")]
    [InlineData("Other.cs", "class Unrelated {", "class Unrelated /* a comment */ {\n\n")]
    public void An_edit_that_cannot_change_a_client_reads_nothing_again(string path, string from, string to)
    {
        var project = Open();
        var before = Read(project);
        Edit(project, path, from, to);

        Assert.Same(before, Read(project));
    }

    [Theory]
    [InlineData("Models.cs", "class Product : Base {", "class Product : Base { public int Added { get; set; }")]
    [InlineData("Models.cs", "class Base {", "class Base { public int Added { get; set; }")]
    [InlineData("Models.cs", "Product : Base", "Product")]
    [InlineData("Models.cs", "class Product", "class Goods")]
    [InlineData("Models.cs", "class Product", "[TypedCache.CacheCodec(typeof(string))] public class Product")]
    [InlineData("Models.cs", "class Product", "abstract class Product")]
    [InlineData("Models.cs", "decimal Amount", "double Amount")]
    [InlineData("Models.cs", "struct Price", "class Price")]
    [InlineData("Models.cs", "Small, Large", "Small, Large, Huge")]
    [InlineData("Models.cs", "Small, Large", "Small = 3, Large")]
    [InlineData("Models.cs", "string City", "int City")]
    [InlineData("Models.cs", "City { get; set; }", "Town { get; set; }")]
    [InlineData("Models.cs", "Version { get; set; }", "Version { get => 1; }")]
    [InlineData("Models.cs", "namespace Shop.Models\n{", "#nullable disable\nnamespace Shop.Models\n{")]
    [InlineData("Models.cs", "namespace Shop.Models\n{", "// <auto-generated/>\nnamespace Shop.Models\n{")]
    [InlineData("Models.cs", "namespace Shop.Models\n{", "using Price = System.Int32;\nnamespace Shop.Models\n{")]
    [InlineData("Models.cs", "namespace Shop.Models\n{", "namespace Shop.Models\n{ public struct Guid { }")]
    [InlineData("Other.cs", "\"shop\"", "\"store\"")]
    [InlineData("Other.cs", "Kind = \"pro\"", "Kind = \"intro\"")]
    [InlineData("Other.cs", "int Plus(int x) => x + 1;", "int Plus(int x);")]
    [InlineData("Other.cs", "int Plus(int x)", "string Name => \"\"; int Keys(int x)")]
    [InlineData("Other.cs", "class Unrelated", "class ShopCacheImplementation { } public class Unrelated")]
    [InlineData("Other.cs", "namespace Shop\n{", "namespace System { public struct Nullable<T> { } }\nnamespace Shop\n{")]
    [InlineData("Other.cs", "namespace Shop\n{", "namespace Shop { public partial interface IShopCache { int Number { get; } } }\nnamespace Shop\n{")]
    [InlineData("Globals.cs", "global using System;", "global using System; global using Owner = System.String;")]
    [InlineData("Globals.cs", "global using System;", "global using System; [assembly: CLSCompliant(true)]")]
    [InlineData("Globals.cs", "global using System;", "global using System; [assembly: TypedCache.CacheCodec(typeof(Shop.Models.Price), typeof(Shop.PriceCodec))]")]
    [InlineData("Codecs.cs", "class DayCodec", "class DayCodec<T>")]
    [InlineData("Codecs.cs", "typeof(DayCodec)", "typeof(OtherDayCodec)")]
    [InlineData("Codecs.cs", "[assembly: TypedCache.CacheCodec(typeof(System.DayOfWeek), typeof(DayCodec))]", "")]
    [InlineData("Defaults.cs", "typeof(int)", "typeof(long)")]
    [InlineData("Defaults.cs", "Template.Int", "Template.Long")]
    [InlineData("Globals.cs", "global using System;", "")]
    public void An_edit_that_can_change_a_client_reads_it_again(string path, string from, string to)
    {
        var project = Open();
        var session = new EditorSession(project);
        session.Run();
        var before = Read(project);
        Edit(project, path, from, to);

        Assert.NotSame(before, Read(project));
        session.Run();
    }

    [Theory]
    [InlineData("class Price(int cents) {", "record Price(int cents) {", true)]
    [InlineData("=> 1;", "=> cents;", true)]
    [InlineData("{ return 2; }", "{ return cents++; }", true)]
    [InlineData("private readonly int _x;", "private int _x;", true)]
    [InlineData("public class Price", "[System.ComponentModel.ImmutableObject(true)] public class Price", true)]
    [InlineData("=> 1;", "=> 3;", false)]
    [InlineData("{ return 2; }", "{ return Cents; }", false)]
    [InlineData("= cents;", "= cents + 1;", false)]
    public void What_makes_a_value_shared_counts_as_soon_as_it_changes(string from, string to, bool isReadAgain)
    {
        const string Near = """
            [TypedCache.CacheClient("near")] public partial interface INear
            {
                [TypedCache.CacheKey("p:{id}", Near = "2s")] System.Threading.Tasks.ValueTask<Price?> GetAsync(int id, System.Threading.CancellationToken ct = default);
            }
            """;
        const string Price = """
            public class Price(int cents) { public int Cents { get; init; } = cents; private readonly int _x; public int Half() => 1; public int Twice() { return 2; } }
            """;
        var project = new EditedProject(new Dictionary<string, string> { ["Near.cs"] = Near, ["Price.cs"] = Price });
        var session = new EditorSession(project);
        session.Run();
        Assert.Contains("SharesValues = true", session.Output, StringComparison.Ordinal);
        var before = Read(project);
        Edit(project, "Price.cs", from, to);

        Assert.Equal(isReadAgain, !ReferenceEquals(before, Read(project)));
        session.Run();
    }

    [Fact]
    public void A_codec_of_the_assembly_counts_as_soon_as_it_changes()
    {
        var project = Open();
        var session = new EditorSession(project);
        session.Run();
        Assert.Contains("DayCodec()", session.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("OtherDayCodec", session.Output, StringComparison.Ordinal);

        Edit(project, "Codecs.cs", "typeof(DayCodec)", "typeof(OtherDayCodec)");
        session.Run();
        Assert.Contains("OtherDayCodec()", session.Output, StringComparison.Ordinal);

        Edit(project, "Codecs.cs", "public OtherDayCodec()", "private OtherDayCodec()");
        session.Run();
        Assert.Contains("Codecs.cs", Assert.Single(session.Output.Split('\n'), static line => line.Contains("TC0304", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_of_generated_ids_counts_as_soon_as_it_changes()
    {
        var project = Open();
        var session = new EditorSession(project);
        session.Run();
        var before = session.Output;
        Edit(project, "Defaults.cs", "typeof(int)", "typeof(System.DateTime)");
        session.Run();

        Assert.NotEqual(before, session.Output);
    }

    [Fact]
    public void The_language_counts_as_soon_as_it_changes()
    {
        var project = Open();
        var session = new EditorSession(project);
        session.Run();
        Assert.Contains("IShopCache.g.cs", session.Output, StringComparison.Ordinal);
        project.ChangeLanguage(LanguageVersion.CSharp11);
        session.Run();
        Assert.DoesNotContain("class ShopCacheClient", session.Output, StringComparison.Ordinal);
        project.ChangeLanguage(LanguageVersion.CSharp14);
        session.Run();
        Assert.Contains("IShopCache.g.cs", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_editorconfig_says_counts_as_soon_as_it_changes()
    {
        var project = Open();
        Edit(project, "Client.cs", "{id}:{size}", "{misspelt}:{size}");
        var session = new EditorSession(project);
        session.Run();
        Assert.Contains("error TC0102", session.Output, StringComparison.Ordinal);
        Configure(new Configuration("TC0102", ReportDiagnostic.Warn));
        Assert.Contains("warning TC0102", session.Output, StringComparison.Ordinal);

        var before = Read(project);
        Configure(new Configuration("TC0102", ReportDiagnostic.Warn, isGenerated: true));
        Assert.NotSame(before, Read(project));

        void Configure(SyntaxTreeOptionsProvider provider)
        {
            project.Change(compilation => compilation.WithOptions(
                compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default).WithSyntaxTreeOptionsProvider(provider)));
            session.Run();
        }
    }

    [Fact]
    public void Options_and_references_are_part_of_what_a_client_depends_on()
    {
        var project = Open();
        var first = Read(project);
        project.Change(static compilation => compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)));
        var second = Read(project);
        project.Change(static compilation => compilation.WithReferences(compilation.References.SkipLast(1)));
        var third = Read(project);
        project.Change(static compilation => compilation.WithAssemblyName("Friend"));

        Assert.NotSame(first, second);
        Assert.NotSame(second, third);
        Assert.NotSame(third, Read(project));
    }

    [Fact]
    public void Another_project_counts_by_its_declarations()
    {
        var models = new EditedProject(new Dictionary<string, string> { ["Models.cs"] = Models, ["Globals.cs"] = Globals });
        var project = new EditedProject(new Dictionary<string, string> { ["Client.cs"] = Client, ["Other.cs"] = Other, ["Globals.cs"] = Globals });
        var references = project.Compilation.References.ToArray();
        Refer();
        var first = Read(project);
        Edit(models, "Models.cs", "a + _x", "a - _x");
        Refer();
        Assert.Same(first, Read(project));

        Edit(models, "Models.cs", "decimal Amount", "double Amount");
        Refer();
        Assert.NotSame(first, Read(project));

        void Refer() => project.Change(compilation => compilation.WithReferences([.. references, models.Compilation.WithAssemblyName("Models").ToMetadataReference()]));
    }

    [Theory]
    [InlineData("TC0102", "misspelt")]
    [InlineData("TC0107", "name")]
    public void A_mistake_in_another_project_is_reported_at_the_interface(string id, string placeholder)
    {
        var shared = new EditedProject(new Dictionary<string, string>
        {
            ["Shared.cs"] = $"public interface IShared {{ [TypedCache.CacheKey(\"{{{placeholder}}}\")] System.Threading.Tasks.ValueTask<string?> GetAsync(string name); }}",
        });
        var project = new EditedProject(new Dictionary<string, string> { ["Client.cs"] = "[TypedCache.CacheClient] public partial interface IClient : IShared { }" });
        project.Change(compilation => compilation.AddReferences(shared.Compilation.WithAssemblyName("Shared").ToMetadataReference()));

        var mistake = Assert.Single(GeneratorRun.Of(project.Compilation).Diagnostics, diagnostic => diagnostic.Id == id);
        Assert.Equal("Client.cs", mistake.Location.SourceTree?.FilePath);
        Assert.Equal("IClient", mistake.Location.SourceTree!.ToString().Substring(mistake.Location.SourceSpan.Start, mistake.Location.SourceSpan.Length));
    }

    private static EditedProject Open() => new(new Dictionary<string, string>
    {
        ["Client.cs"] = Client,
        ["Models.cs"] = Models,
        ["Other.cs"] = Other,
        ["Globals.cs"] = Globals,
        ["Codecs.cs"] = Codecs,
        ["Defaults.cs"] = Defaults,
    });

    private static void Edit(EditedProject project, string path, string from, string to)
    {
        Assert.Contains(from, project[path], StringComparison.Ordinal);
        project.Write(path, project[path].Replace(from, to, StringComparison.Ordinal));
    }

    private static ParsedClient Read(EditedProject project) =>
        Assert.Single(ClientReader.Read(project.Compilation, TestContext.Current.CancellationToken));

    private sealed class Configuration(string id, ReportDiagnostic severity, bool isGenerated = false) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) =>
            isGenerated ? GeneratedKind.MarkedGenerated : GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severityInFile)
        {
            severityInFile = severity;
            return diagnosticId == id;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severityInProject)
        {
            severityInProject = ReportDiagnostic.Default;
            return false;
        }
    }
}
