using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Benchmarks;

/// <summary>Interfaces whose methods read, store and remove values under keys of several kinds, each together with its value type.</summary>
internal sealed class ClientWorkload : IWorkload
{
    public string Name => "TypedCache";

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

            [CacheClient("area{{index}}", Expires = "1h")]
            public partial interface ICache{{index}}
            {

            """);
        for (var member = 0; member < members; member++)
        {
            text.AppendLine(Member(index, member, member == 0 ? word : $"item{member / 5}"));
        }

        return text.AppendLine("}").ToString();
    }

    private static string Member(int index, int member, string word) => (member % 5) switch
    {
        0 => $"    [CacheKey(\"{word}:{{id}}:{{name}}\")] ValueTask<Value{index}?> Get{member}Async(int id, string name, CancellationToken ct = default);",
        1 => $"    [CacheKey(\"{word}:{{id}}:{{name}}\")] ValueTask Set{member}Async(int id, string name, Value{index} value, CancellationToken ct = default);",
        2 => $"    [CacheKey(\"{word}:{{id}}:{{name}}\")] ValueTask<bool> Delete{member}Async(int id, string name, CancellationToken ct = default);",
        3 => $"    [CacheKey(\"{word}-many:{{ids}}\")] ValueTask<IReadOnlyDictionary<Guid, Value{index}>> Get{member}Async(IReadOnlyCollection<Guid> ids, CancellationToken ct = default);",
        _ => $"    [CacheKey(\"{word}-count:{{day:yyyyMMdd}}\")] ValueTask<ulong> Increment{member}Async(DateOnly day, CancellationToken ct = default);",
    };
}
