using System.Globalization;
using System.Text;

namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Writes the C# of a stored type into a namespace of its own: its declarations, a client, and samples.</summary>
internal sealed class SpecSource
{
    private readonly StringBuilder _types = new();
    private readonly Dictionary<Spec, string> _names = [];

    public const string Usings = """
        using System; using System.Collections; using System.Collections.Generic; using System.Numerics; using System.Text; using System.Threading.Tasks; using MessagePack; using TypedCache;

        """;

    private SpecSource()
    {
    }

    /// <summary>The namespace.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="spec">The type of the values.</param>
    public static string Of(string name, Spec.Item spec)
    {
        var source = new SpecSource();
        var type = source.Declare(spec with { IsNullable = false }, "V");
        var samples = source.Samples(spec with { IsNullable = false });
        return $$"""
            namespace {{name}}
            {
            {{source._types}}
                [CacheClient("{{name}}")]
                public partial interface ICache
                {
                    [CacheKey("{slot}")] ValueTask<CacheValue<{{type}}>> GetAsync(int slot);
                    [CacheKey("{slot}")] ValueTask SetAsync(int slot, {{type}} value);
                }

                public static class Harness
                {
                    public static object[] Samples() => new object[] { {{string.Join(", ", samples)}} };
                    public static Task SetAsync(MemcachedPool pool, int slot, object value) => pool.CreateClient<ICache>().SetAsync(slot, ({{type}})value).AsTask();
                    public static async Task<object?> GetAsync(MemcachedPool pool, int slot) => (await pool.CreateClient<ICache>().GetAsync(slot)).Value;
                }
            }
            """;
    }

    private string TypeName(Spec spec) => spec switch
    {
        Spec.Leaf leaf => leaf.Name,
        Spec.List list => $"List<{TypeName(list.Element)}>",
        Spec.Map map => $"Dictionary<string, {TypeName(map.Value)}>",
        Spec.Lazy lazy => $"Lazy<{TypeName(lazy.Inside)}>",
        Spec.Tuple tuple => $"({string.Join(", ", tuple.Items.Select(TypeName))})",
        _ => Declare(spec with { IsNullable = false }, null),
    } + (spec.IsNullable ? "?" : "");

    private string Declare(Spec spec, string? name)
    {
        if (_names.TryGetValue(spec, out var known))
        {
            return known;
        }

        name ??= string.Create(CultureInfo.InvariantCulture, $"T{_names.Count}");
        _names.Add(spec, name);
        _types.AppendLine(spec switch
        {
            Spec.Choice choice => $"public enum {name} : {choice.Number} {{ {string.Join(", ", choice.Members.Select(static member => $"{member.Name} = {member.Number}"))} }}",
            Spec.Item item => Declaration(name, item, ""),
            Spec.Union union => Declaration(name, union),
            _ => throw new ArgumentException($"{spec} has no declaration.", nameof(spec)),
        });
        return name;
    }

    private string Declaration(string name, Spec.Union union)
    {
        var cases = union.Cases.Select(one => Declaration(one.Name, one.Type, $" : {name}")).ToList();
        var attributes = string.Concat(union.Cases.Select(static one => $"[Union({one.Key}, typeof({one.Name}))] "));
        return $"{attributes}public interface {name} {{ }}\n{string.Join("\n", cases)}";
    }

    private string Declaration(string name, Spec.Item item, string bases)
    {
        var attribute = item.KeyedByName ? "" : "[MessagePackObject] ";
        if (item.Kind == ItemKind.Class)
        {
            var properties = Ordered(item).Select(part => $"{Key(item, part, "")}public {TypeName(part.Type)} {part.Name} {{ get; set; }}{Initializer(part.Type)}");
            return $"{attribute}public class {name}{bases} {{ {string.Join(" ", properties)} }}";
        }

        var parameters = Ordered(item).Select(part => $"{Key(item, part, "property: ")}{TypeName(part.Type)} {part.Name}");
        return $"{attribute}public {(item.Kind == ItemKind.Record ? "record" : "record struct")} {name}({string.Join(", ", parameters)}){bases};";
    }

    // A constructor takes its members in the order of their keys.
    private static List<Part> Ordered(Spec.Item item) => [.. item.Parts.OrderBy(static part => part.Key)];

    private static string Key(Spec.Item item, Part part, string target) => item.KeyedByName ? "" : $"[{target}Key({part.Key})] ";

    // Unlike most samples, so that it shows whether something was read.
    private string Initializer(Spec type) => IsReference(type) && !type.IsNullable ? $" = {(type is Spec.List or Spec.Map ? "new()" : Samples(type)[^1])};" : "";

    private static bool IsReference(Spec type) => type switch
    {
        Spec.Leaf leaf => LeafSamples.References.Contains(leaf.Name),
        Spec.Item item => item.Kind != ItemKind.Struct,
        Spec.Union or Spec.List or Spec.Map or Spec.Lazy => true,
        _ => false,
    };

    /// <summary>Expressions that between them reach each part of the type, null and the edges of numbers.</summary>
    private List<string> Samples(Spec spec)
    {
        List<string> samples = spec switch
        {
            Spec.Leaf leaf => [.. LeafSamples.Values[leaf.Name].Select(value => $"({leaf.Name}){value}")],
            Spec.Choice choice => ChoiceSamples(TypeName(spec with { IsNullable = false }), choice),
            Spec.Item item => ItemSamples(Declare(spec with { IsNullable = false }, null), item),
            Spec.Union union => UnionSamples(spec, union),
            Spec.List list => [$"new List<{TypeName(list.Element)}> {{ {string.Join(", ", Samples(list.Element))} }}", $"new List<{TypeName(list.Element)}>()"],
            Spec.Map map => [$"new Dictionary<string, {TypeName(map.Value)}> {{ {string.Join(", ", Samples(map.Value).Select(static (value, index) => $"[\"k{index}\"] = {value}"))} }}", $"new Dictionary<string, {TypeName(map.Value)}>()"],
            Spec.Lazy lazy => [.. Samples(lazy.Inside).Select(value => $"new Lazy<{TypeName(lazy.Inside)}>({value})")],
            Spec.Tuple tuple => TupleSamples(tuple),
            _ => throw new ArgumentException($"{spec} has no samples.", nameof(spec)),
        };
        return spec.IsNullable ? [.. samples, "null"] : samples;
    }

    private static List<string> ChoiceSamples(string name, Spec.Choice choice) =>
        [.. choice.Members.Select(member => $"{name}.{member.Name}"), $"({name}){choice.Number}.MaxValue", $"({name}){choice.Number}.MinValue"];

    private List<string> UnionSamples(Spec spec, Spec.Union union)
    {
        TypeName(spec);
        return [.. union.Cases.SelectMany(one => ItemSamples(one.Name, one.Type))];
    }

    private List<string> TupleSamples(Spec.Tuple tuple)
    {
        var items = tuple.Items.Select(Samples).ToList();
        return Rows(items, row => $"({string.Join(", ", row)})");
    }

    private List<string> ItemSamples(string name, Spec.Item item)
    {
        var ordered = Ordered(item);
        var parts = ordered.ConvertAll(part => Samples(part.Type));
        return item.Kind == ItemKind.Class
            ? Rows(parts, row => $"new {name} {{ {string.Join(", ", row.Select((value, index) => $"{ordered[index].Name} = {value}"))} }}")
            : Rows(parts, row => $"new {name}({string.Join(", ", row)})");
    }

    // As many as the member with the most samples has; the others begin again. Neighbours begin at different ones, so that no two are the same.
    private static List<string> Rows(List<List<string>> columns, Func<List<string>, string> write) =>
        [.. Enumerable.Range(0, columns.Select(static column => column.Count).DefaultIfEmpty(1).Max()).Select(row => write([.. columns.Select((column, index) => column[(row + index) % column.Count])]))];
}
