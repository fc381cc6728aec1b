using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Benchmarks;

/// <summary>Interfaces whose methods read, store and remove values under keys of several kinds, each together with its value type.</summary>
/// <param name="beginsWithString">Whether all keys begin with a string, so that no literal tells them apart from the left.</param>
internal sealed class ClientWorkload(bool beginsWithString = false) : IWorkload
{
    public string Name => beginsWithString ? "TypedCache, keys begin with a string" : "TypedCache";

    public IEnumerable<ISourceGenerator> CreateGenerators() => [new CacheClientGenerator().AsSourceGenerator()];

    public string File(int index, int members, string word)
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

            [CacheClient({{(beginsWithString ? "" : $"\"area{index}\", ")}}Expires = "1h")]
            public partial interface ICache{{index}}
            {

            """);
        for (var member = 0; member < members; member++)
        {
            var line = Member(index, member, member == 0 ? word : $"item{member / 5}");
            text.AppendLine(beginsWithString ? BeginWithString(line, index) : line);
        }

        return text.AppendLine("}").ToString();
    }

    private static string BeginWithString(string member, int index) => member
        .Replace("(\"", $"(\"{{tenant}}:area{index}:", StringComparison.Ordinal)
        .Replace("Async(", "Async(string tenant, ", StringComparison.Ordinal);

    private static string Member(int index, int member, string word) => (member % 5) switch
    {
        0 => $"    [CacheKey(\"{word}:{{id}}:{{name}}\")] ValueTask<Value{index}?> Get{member}Async(int id, string name, CancellationToken ct = default);",
        1 => $"    [CacheKey(\"{word}:{{id}}:{{name}}\")] ValueTask Set{member}Async(int id, string name, Value{index} value, CancellationToken ct = default);",
        2 => $"    [CacheKey(\"{word}:{{id}}:{{name}}\")] ValueTask<bool> Delete{member}Async(int id, string name, CancellationToken ct = default);",
        3 => $"    [CacheKey(\"{word}-many:{{ids}}\")] ValueTask<IReadOnlyDictionary<Guid, Value{index}>> Get{member}Async(IReadOnlyCollection<Guid> ids, CancellationToken ct = default);",
        _ => $"    [CacheKey(\"{word}-count:{{day:yyyyMMdd}}\")] ValueTask<ulong> Increment{member}Async(DateOnly day, CancellationToken ct = default);",
    };
}
