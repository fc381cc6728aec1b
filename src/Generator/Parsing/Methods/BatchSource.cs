using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Keys;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Methods;

/// <summary>The collection parameter of a batch.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="ItemType">The type of what is written into the keys.</param>
/// <param name="ValueType">The type of the values; null unless the collection brings them along.</param>
internal sealed record BatchSource(IParameterSymbol Parameter, ITypeSymbol ItemType, ITypeSymbol? ValueType)
{
    /// <summary>Finds the collection in the key, if there is one; false where it cannot be there, which is reported.</summary>
    public static bool TryFind(ClientContext context, IEnumerable<KeySource> sources, CacheOperation operation, out BatchSource? batch)
    {
        batch = null;
        foreach (var parameter in sources.Where(static source => source.IsWhole || source.IsOfItem).Select(static source => source.Parameter))
        {
            if (context.Types.ItemType(parameter.Type) is not { } item || SymbolEqualityComparer.Default.Equals(batch?.Parameter, parameter))
            {
                continue;
            }

            var pair = context.Types.IsKeyValuePair(item) ? (INamedTypeSymbol)item : null;
            var value = ValueOf(context.Types, operation, pair);
            var (obstacle, fix) = FindObstacle(operation, pair is not null, value is not null, batch);
            if (obstacle is not null)
            {
                context.Diagnostics.Report(Rules.CollectionInSingleKey, context.LocationOf(parameter), parameter.Name, obstacle, fix!);
                return false;
            }

            batch = new BatchSource(parameter, pair?.TypeArguments[0] ?? item, value);
        }

        return true;
    }

    /// <summary>One item as an argument of its key.</summary>
    /// <param name="taken">The names of the method's parameters.</param>
    public KeyArgument Item(ICollection<string> taken)
    {
        var singular = ValueType is null ? Names.Singular(Parameter.Name) : "item";
        var name = Names.Unique(singular == Names.KeyWriter(taken) ? "item" : singular, taken);
        return new KeyArgument(Parameter, ItemType, TypeText.Identifier(name));
    }

    /// <summary>The batch as it is written, with what all its keys share.</summary>
    /// <param name="item">What differs from key to key.</param>
    /// <param name="parameters">What the keys are made of.</param>
    /// <param name="taken">The names of the method's parameters.</param>
    public BatchModel ToModel(KeyArgument item, IEnumerable<ParameterModel> parameters, ICollection<string> taken)
    {
        var writerName = Names.KeyWriter(taken);
        var shared = parameters.Where(parameter => parameter.Name != item.Name).Distinct().ToArray();
        return new BatchModel(
            TypeText.Identifier(Parameter.Name),
            TypeText.Code(ItemType),
            item.Name,
            new EquatableArray<ParameterModel>(shared),
            shared.Length == 1 ? shared[0].Name : Names.Unique("shared", [.. taken, writerName, item.Name]),
            writerName)
        {
            SuppressesNullability = ValueType is not null && TypeText.IsAnnotated(ValueType),
        };
    }

    // The new value of a compare-and-set comes with the CAS number of the old one.
    private static ITypeSymbol? ValueOf(KnownTypes types, CacheOperation operation, INamedTypeSymbol? pair) =>
        operation != CacheOperation.CompareAndSet ? pair?.TypeArguments[1]
        : pair?.TypeArguments[1] is INamedTypeSymbol value && types.IsCacheValue(value) ? value.TypeArguments[0]
        : null;

    private static (string? Obstacle, string? Fix) FindObstacle(CacheOperation operation, bool isPair, bool hasValue, BatchSource? other) =>
        (Operations.HasBatch(operation), Operations.StoresValue(operation), isPair, other) switch
        {
            (false, _, _, _) => ($"{operation} works on one key", "pass one value, or name one of its properties"),
            (_, true, _, _) when !hasValue && operation == CacheOperation.CompareAndSet =>
                ("CompareAndSet needs a value and a CAS number for each key", "pass an IReadOnlyDictionary<TKey, CacheValue<TValue>>"),
            (_, true, false, _) => ($"{operation} needs a value for each key", "pass an IReadOnlyDictionary<TKey, TValue>"),
            (_, false, true, _) => ($"{operation} needs only keys", "pass the keys of the dictionary"),
            (_, _, _, not null) => ($"'{other.Parameter.Name}' is already one", "a key can vary by the items of one collection"),
            _ => (null, null),
        };
}
