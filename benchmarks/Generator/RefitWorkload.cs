using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Benchmarks;

/// <summary>Interfaces of HTTP services.</summary>
internal sealed class RefitWorkload : IWorkload
{
    public string Name => "Refit";

    public IEnumerable<ISourceGenerator> CreateGenerators() => PackagedGenerators.Load("InterfaceStubGeneratorV2.dll");

    public string File(int index, int members, string word)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading;
            using System.Threading.Tasks;
            using Refit;

            namespace Workload;

            public sealed record Value{{index}}(int Id, string Name, decimal Price, DateTime At, List<string> Tags);

            public interface IService{{index}}
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
        0 => $"    [Get(\"/{word}/{{id}}/{{name}}\")] Task<Value{index}> Get{member}Async(int id, string name, CancellationToken ct = default);",
        1 => $"    [Put(\"/{word}/{{id}}/{{name}}\")] Task Set{member}Async(int id, string name, [Body] Value{index} value, CancellationToken ct = default);",
        2 => $"    [Delete(\"/{word}/{{id}}/{{name}}\")] Task Delete{member}Async(int id, string name, CancellationToken ct = default);",
        3 => $"    [Get(\"/{word}-many\")] Task<List<Value{index}>> Get{member}Async([Query(CollectionFormat.Csv)] Guid[] ids, CancellationToken ct = default);",
        _ => $"    [Post(\"/{word}-count/{{day}}\")] Task<string> Increment{member}Async(DateOnly day, CancellationToken ct = default);",
    };
}
