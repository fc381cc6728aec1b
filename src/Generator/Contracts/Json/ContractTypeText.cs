using System.Globalization;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts.Json;

/// <summary>
/// A type in a contract: a text for one that has a name, or an object of one property, whose name is the kind. A '?' behind either means
/// that null may be stored.
/// </summary>
internal static class ContractTypeText
{
    private const string List = "list";
    private const string Map = "map";
    private const string Tuple = "tuple";
    private const string Grid = "grid";
    private const string Codec = "codec";
    private const string Wrapped = "class";

    // In front of a type that is called like a simple one and has no namespace.
    private const string Global = "global::";

    /// <exception cref="ContractMistakeException">It is no type.</exception>
    public static ContractType Read(JsonValue value) => value switch
    {
        JsonValue.Text text => ReadName(text),
        JsonValue.Object { Properties: [var property] } => ReadKind(property),
        JsonValue.Object => throw new ContractMistakeException(value.Position, "a type has exactly one property, such as \"list\""),
        _ => throw new ContractMistakeException(value.Position, $"a type is {value.Kind} and neither a text nor an object"),
    };

    /// <summary>The type as JSON.</summary>
    public static string Write(ContractType type)
    {
        var mark = type.IsNullable ? "?" : "";
        return type switch
        {
            ContractType.Leaf leaf => JsonText.Quote(leaf.Name + mark),
            ContractType.Named named => JsonText.Quote((ContractLeaf.IsLeaf(named.Name) ? Global : "") + named.Name + mark),
            ContractType.List list => $"{{ \"{List}{mark}\": {Write(list.Element)} }}",
            ContractType.Map map => $"{{ \"{Map}{mark}\": [{Write(map.Key)}, {Write(map.Value)}] }}",
            ContractType.Tuple tuple => $"{{ \"{Tuple}{mark}\": [{string.Join(", ", tuple.Items.Select(Write))}] }}",
            ContractType.Grid grid => FormattableString.Invariant($"{{ \"{Grid}{grid.Rank}{mark}\": {Write(grid.Element)} }}"),
            ContractType.Wrapped wrapped => $"{{ \"{Wrapped}{mark}\": {Write(wrapped.Inside)} }}",
            ContractType.Custom custom => $"{{ \"{Codec}{mark}\": {JsonText.Quote(custom.Codec)} }}",
            _ => throw new InvalidOperationException($"A type of kind {type.GetType()} is not known."),
        };
    }

    private static ContractType ReadName(JsonValue.Text text)
    {
        var isNullable = text.Value.EndsWith("?", StringComparison.Ordinal);
        var name = isNullable ? text.Value.Substring(0, text.Value.Length - 1) : text.Value;
        return name.Length == 0 ? throw new ContractMistakeException(text.Position, "a type has no name")
            : ContractLeaf.IsLeaf(name) ? new ContractType.Leaf(name, isNullable)
            : new ContractType.Named(name.StartsWith(Global, StringComparison.Ordinal) ? name.Substring(Global.Length) : name, isNullable);
    }

    private static ContractType ReadKind(JsonProperty property)
    {
        var isNullable = property.Name.EndsWith("?", StringComparison.Ordinal);
        var kind = isNullable ? property.Name.Substring(0, property.Name.Length - 1) : property.Name;
        return (kind, property.Value) switch
        {
            (List, var element) => new ContractType.List(Read(element), isNullable),
            (Map, JsonValue.Array { Items: [var key, var value] }) => new ContractType.Map(Read(key), Read(value), isNullable),
            (Tuple, JsonValue.Array items) => new ContractType.Tuple(new EquatableArray<ContractType>(items.Items.Select(Read)), isNullable),
            (Wrapped, var inside) => new ContractType.Wrapped(Read(inside), isNullable),
            (Codec, JsonValue.Text codec) => new ContractType.Custom(codec.Value, isNullable),
            (_, var element) when Rank(kind) is { } rank => new ContractType.Grid(rank, Read(element), isNullable),
            _ => throw new ContractMistakeException(property.Position, $"\"{property.Name}\" is no kind of type, or its value does not fit: there are list, map, tuple, class, grid2, grid3, grid4 and codec"),
        };
    }

    private static int? Rank(string kind) =>
        kind.StartsWith(Grid, StringComparison.Ordinal)
        && int.TryParse(kind.Substring(Grid.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var rank) && rank is >= 2 and <= 4 ? rank : null;
}
