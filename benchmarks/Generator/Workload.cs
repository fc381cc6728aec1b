using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache;

namespace TypedCache.Generator.Benchmarks;

/// <summary>A project with many cache interfaces, each in a file of its own together with its value type.</summary>
internal static class Workload
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14);

    /// <summary>The compilation: one file for each interface, and a last one which has nothing to do with them.</summary>
    public static CSharpCompilation Create(int interfaces, int methods, bool startsWithPlaceholder = false) => CSharpCompilation.Create(
        "Workload",
        [.. Enumerable.Range(0, interfaces).Select(index => Parse(Interface(index, methods, startsWithPlaceholder: startsWithPlaceholder), index)), Parse(Unrelated(0), interfaces)],
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string source, int index) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions, path: $"File{index.ToString(CultureInfo.InvariantCulture)}.cs", Encoding.UTF8);

    /// <summary>The file of one interface. Its methods read, store and remove values under keys of several kinds.</summary>
    public static string Interface(int index, int methods, string word = "item", bool startsWithPlaceholder = false)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading;
            using System.Threading.Tasks;
            using TypedCache;

            namespace Workload;

            public sealed record Value{{index}}(int Id, string Name, decimal Price, DateTime At, List<string> Tags);

            [CacheClient({{(startsWithPlaceholder ? "" : $"\"area{index}\", ")}}Expires = "1h")]
            public partial interface ICache{{index}}
            {

            """);
        for (var method = 0; method < methods; method++)
        {
            var line = Method(index, method, $"{word}{method / 5}");
            text.AppendLine(startsWithPlaceholder
                ? line.Replace("(\"", $"(\"{{tenant}}:area{index}:", StringComparison.Ordinal).Replace("Async(", "Async(string tenant, ", StringComparison.Ordinal)
                : line);
        }

        return text.AppendLine("}").ToString();
    }

    public static string Unrelated(int edit) =>
        $"namespace Workload; public static class Unrelated {{ public static int Answer(int question) => question + {edit}; }}";

    private static string Method(int index, int method, string word) => (method % 5) switch
    {
        0 => $"    [CacheKey(\"{word}:{{id}}:{{name}}\")] ValueTask<Value{index}?> Get{method}Async(int id, string name, CancellationToken ct = default);",
        1 => $"    [CacheKey(\"{word}:{{id}}:{{name}}\")] ValueTask Set{method}Async(int id, string name, Value{index} value, CancellationToken ct = default);",
        2 => $"    [CacheKey(\"{word}:{{id}}:{{name}}\")] ValueTask<bool> Delete{method}Async(int id, string name, CancellationToken ct = default);",
        3 => $"    [CacheKey(\"{word}-many:{{ids}}\")] ValueTask<IReadOnlyDictionary<Guid, Value{index}>> Get{method}Async(IReadOnlyCollection<Guid> ids, CancellationToken ct = default);",
        _ => $"    [CacheKey(\"{word}-count:{{day:yyyyMMdd}}\")] ValueTask<ulong> Increment{method}Async(DateOnly day, CancellationToken ct = default);",
    };

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
            || Path.GetFileNameWithoutExtension(path) is "netstandard" or "MessagePack" or "MessagePack.Annotations")
        .Append(typeof(MemcachedPool).Assembly.Location)
        .Select(static path => MetadataReference.CreateFromFile(path));
}
