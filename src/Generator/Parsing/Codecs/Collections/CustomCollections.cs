using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Collections;

/// <summary>
/// Collections that are not in the tables: whatever implements a collection interface and can be made empty or from its elements
/// is stored as a collection, as in MessagePack's <c>DynamicGenericResolver</c>, even if it has other properties.
/// </summary>
internal sealed class CustomCollections(Compilation compilation)
{
    private const string Generic = "System.Collections.Generic.";

    /// <summary>A collection type seen as what it implements.</summary>
    /// <param name="Arguments">The element type, or the types of key and value.</param>
    /// <param name="Shape">How it is built.</param>
    internal sealed record Match(IReadOnlyList<ITypeSymbol> Arguments, SequenceShape Shape);

    /// <summary>
    /// Whether MessagePack writes the elements as objects, integers in the width of their type, because the type itself is not generic
    /// but a list or dictionary of objects as well.
    /// </summary>
    public static bool HoldsObjects(INamedTypeSymbol type) => !type.IsGenericType
        && type.AllInterfaces.Any(candidate => TypeNames.Lookup(candidate) is "System.Collections.IList" or "System.Collections.IDictionary")
        && type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0);

    public Match? Find(INamedTypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.IsAbstract || type.AllInterfaces.Length == 0)
        {
            return null;
        }

        return FindFilled(type, "IDictionary")
            ?? FindMadeFromDictionary(type)
            ?? FindFilled(type, "ICollection")
            ?? FindMadeFromElements(type);
    }

    /// <summary>A collection that is made empty and filled through its interface, whose methods the class may implement explicitly.</summary>
    private static Match? FindFilled(INamedTypeSymbol type, string name)
    {
        if (Interface(type, name) is not { } @interface || !type.InstanceConstructors.Any(IsParameterless))
        {
            return null;
        }

        var filled = TypeNames.Of(@interface);
        var source = $"({filled})value";
        return new Match(@interface.TypeArguments, new SequenceShape(Filling.Collection, $"({TypeNames.WithoutNull(type)})items")
        {
            Create = $"({filled})new {TypeNames.WithoutNull(type)}()",
            CreatedType = filled,
            Source = source,
            SourceType = filled,
        });
    }

    private Match? FindMadeFromDictionary(INamedTypeSymbol type)
    {
        if (Interface(type, "IReadOnlyDictionary") is not { } @interface)
        {
            return null;
        }

        var dictionary = compilation.GetTypeByMetadataName(Generic + "Dictionary`2")?.Construct([.. @interface.TypeArguments]);
        return dictionary is not null && HasConstructor(type, dictionary)
            ? new Match(@interface.TypeArguments, CollectionShapes.Filled(TypeNames.WithoutNull(dictionary)) with
            {
                Result = $"new {TypeNames.WithoutNull(type)}(items)",
                Source = $"({TypeNames.Of(@interface)})value",
                SourceType = TypeNames.Of(@interface),
            })
            : null;
    }

    private Match? FindMadeFromElements(INamedTypeSymbol type)
    {
        var @interface = Interfaces(type, "IEnumerable").FirstOrDefault(candidate => HasConstructor(type, candidate));
        return @interface is null
            ? null
            : new Match(@interface.TypeArguments, new SequenceShape(Filling.Array, $"new {TypeNames.WithoutNull(type)}(items)")
            {
                Source = $"global::System.Linq.Enumerable.ToArray(({TypeNames.Of(@interface)})value)",
                Count = "Length",
            });
    }

    private static bool IsParameterless(IMethodSymbol constructor) =>
        constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public }
        && (constructor.ContainingType.TypeKind == TypeKind.Class || !constructor.IsImplicitlyDeclared);

    private bool HasConstructor(INamedTypeSymbol type, ITypeSymbol argument) => type.InstanceConstructors.Any(constructor =>
        constructor is { Parameters: [var parameter], DeclaredAccessibility: Accessibility.Public }
        && parameter.Type.TypeKind == TypeKind.Interface
        && compilation.HasImplicitConversion(argument, parameter.Type));

    private static INamedTypeSymbol? Interface(INamedTypeSymbol type, string name) => Interfaces(type, name).FirstOrDefault();

    private static IEnumerable<INamedTypeSymbol> Interfaces(INamedTypeSymbol type, string name) =>
        type.AllInterfaces.Where(candidate => candidate.IsGenericType && TypeNames.Lookup(candidate) == Generic + name);
}
