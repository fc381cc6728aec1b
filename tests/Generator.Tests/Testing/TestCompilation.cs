using Basic.Reference.Assemblies;
using MessagePack;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Tests.Testing;

/// <summary>Makes compilations as a strict project would: every warning is an error, and doc comments are checked.</summary>
internal static class TestCompilation
{
    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. Net100.References.All,
        .. new[] { typeof(MemcachedPool), typeof(MessagePackWriter), typeof(MessagePackObjectAttribute) }
            .Select(type => MetadataReference.CreateFromFile(type.Assembly.Location)),
    ];

    // Missing doc comments; references to an older runtime, as the SDK does; and what most tests are not about.
    private static readonly string[] Quiet = ["CS1591", "CS1701", "CS1702", "TC0203"];

    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    public static CSharpCompilation Create(params string[] sources) => Create(NullableContextOptions.Enable, sources);

    public static CSharpCompilation Create(NullableContextOptions nullable, params string[] sources) => CSharpCompilation.Create(
        "Shop",
        sources.Select(Parse),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            nullableContextOptions: nullable,
            specificDiagnosticOptions: Quiet.Select(static id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))));

    /// <summary>The same compilation in which a rule speaks although it is quiet in most tests.</summary>
    public static Compilation Loud(Compilation compilation, string id) => compilation.WithOptions(
        compilation.Options.WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.Remove(id)));

    public static SyntaxTree Parse(string source, int index = 0) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions, path: $"Source{index}.cs");

    /// <summary>A file with what most tests need around the members of one interface.</summary>
    public static string Client(string members, string attribute = "CacheClient(\"shop\")") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using TypedCache;

        namespace Shop;

        public enum Color { Red, Green, Blue }

        public sealed class Order
        {
            public int Id { get; init; }
            public string? Note { get; init; }
            public Color? Color { get; init; }
        }

        [{{attribute}}]
        public partial interface IShopCache
        {
            {{members}}
        }
        """;
}
