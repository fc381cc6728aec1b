using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using CsCheck;
using MessagePack;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Emission;
using TypedCache.Generator.Emission.Codecs;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Codecs;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Tests.Codecs;

/// <summary>Compiles types together with the codecs which are emitted for them; any warning is an error.</summary>
internal static class CodecCompilation
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using CsCheck;
        global using MessagePack;
        """;

    private const string Probe = "global::TypedCache.Generator.Tests.Codecs.CodecProbe";

    /// <summary>Packages are built against earlier frameworks; the SDK turns these warnings off as well.</summary>
    private static readonly Dictionary<string, ReportDiagnostic> Unified = new()
    {
        ["CS1701"] = ReportDiagnostic.Suppress,
        ["CS1702"] = ReportDiagnostic.Suppress,
    };

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. Net100.References.All,
        .. new[] { typeof(Gen), typeof(MessagePackSerializer), typeof(MessagePackObjectAttribute), typeof(CacheClientAttribute), typeof(CodecProbe) }
            .Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)),
    ];

    private static int _count;

    /// <summary>
    /// Types without codecs yet. Each assembly has a name of its own, since MessagePack gives its access to private members to a name.
    /// </summary>
    public static CSharpCompilation Of(params IEnumerable<string> sources) => CSharpCompilation.Create(
        $"Shapes{Interlocked.Increment(ref _count)}",
        sources.Prepend(Usings).Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions)),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            specificDiagnosticOptions: Unified,
            nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The source of a shape file which lies beside the tests.</summary>
    public static string Shape(string name)
    {
        using var stream = typeof(CodecCompilation).Assembly.GetManifestResourceStream($"Shapes.{name}.cs")
            ?? throw new ArgumentException($"There is no shape file {name}.cs.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The text of the codecs of a file.</summary>
    public static string Emit(IEnumerable<CodecModel> codecs)
    {
        var writer = new SourceWriter();
        writer.Line("#nullable enable");
        writer.Line();
        writer.Line("namespace Shapes;");
        foreach (var codec in codecs)
        {
            writer.Line();
            CodecEmitter.Emit(writer, codec);
        }

        return writer.ToString();
    }

    /// <summary>The samples of the class <c>Shapes.Samples</c> and the types of their values.</summary>
    public static IEnumerable<(string Sample, ITypeSymbol Type)> SampleTypes(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Shapes.Samples")!.GetMembers().OfType<IPropertySymbol>()
            .Where(sample => sample.DeclaredAccessibility == Accessibility.Public)
            .Select(sample => (sample.Name, ((INamedTypeSymbol)sample.Type).TypeArguments[0]));

    /// <summary>Emits a codec for the type of each sample of the class <c>Shapes.Samples</c> and loads it all.</summary>
    public static IReadOnlyList<CodecProbe> Load(params string[] shapes) => LoadSource(shapes.Select(Shape));

    /// <summary>The same for types which stand in no file.</summary>
    public static IReadOnlyList<CodecProbe> LoadSource(params IEnumerable<string> sources)
    {
        var compilation = Of(sources);
        var parser = new CodecParser(compilation);
        var probes = new List<string>();
        foreach (var (sample, type) in SampleTypes(compilation))
        {
            var codec = parser.GetCodec(type, out var reason);
            Assert.True(codec is not null, $"{sample}: {reason}");
            var name = codec.Expression.Replace(".Instance", "", StringComparison.Ordinal);
            probes.Add($"{Probe}.Of<{TypeNames.Of(type)}>(\"{sample}\", {name}.Write, {name}.Read, Samples.{sample})");
        }

        var source = "#pragma warning disable CS0612\n" + Emit(parser.Codecs) + $$"""

            public static class Probes
            {
                public static readonly {{Probe}}[] All = [{{string.Join(", ", probes)}}];
            }
            """;
        var assembly = Compile(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, ParseOptions, path: "Codecs.g.cs")));
        return (CodecProbe[])assembly.GetType("Shapes.Probes")!.GetField("All")!.GetValue(null)!;
    }

    private static Assembly Compile(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        var problems = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic =>
            $"{diagnostic}\n    {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}");
        Assert.True(result.Success, string.Join('\n', problems));
        image.Position = 0;
        return new AssemblyLoadContext("Shapes").LoadFromStream(image);
    }
}
