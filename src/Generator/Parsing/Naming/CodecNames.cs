using System.Globalization;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Naming;

/// <summary>Gives each codec of a file a name: after its type, with containing type and namespace in front where two types have one name.</summary>
/// <param name="space">Where the codecs will be. One of them may hide no class of the project that the same file names.</param>
internal sealed class CodecNames(INamespaceSymbol? space)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Take(ITypeSymbol type)
    {
        var stem = Stem(type);
        var container = type is INamedTypeSymbol { IsGenericType: false } ? type.ContainingSymbol : null;
        while (container is { Name.Length: > 0 } && IsTaken(stem + "Codec"))
        {
            stem = container.Name + stem;
            container = container.ContainingSymbol;
        }

        return TakeNumbered(stem);
    }

    public void Release(string name) => _taken.Remove(name);

    private string TakeNumbered(string stem)
    {
        var name = stem + "Codec";
        for (var number = 2; IsTaken(name); number++)
        {
            name = $"{stem}{number.ToString(CultureInfo.InvariantCulture)}Codec";
        }

        _taken.Add(name);
        return name;
    }

    private bool IsTaken(string name) => _taken.Contains(name) || space?.GetTypeMembers(name, arity: 0).IsEmpty == false;

    private static string Stem(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => Part(array.ElementType) + "Array",
        IArrayTypeSymbol array => $"{Part(array.ElementType)}Array{array.Rank.ToString(CultureInfo.InvariantCulture)}D",
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => "Nullable" + Part(nullable.TypeArguments[0]),
        INamedTypeSymbol { IsTupleType: true } tuple => "TupleOf" + Parts(tuple.TypeArguments),
        INamedTypeSymbol { IsGenericType: true, TypeArguments.Length: > 0 } generic => $"{generic.Name}Of{Parts(generic.TypeArguments)}",
        _ => type.Name,
    };

    private static string Parts(IEnumerable<ITypeSymbol> types) => string.Join("And", types.Select(Part));

    private static string Part(ITypeSymbol type) =>
        type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? "Nullable" + Stem(type) : Stem(type);
}
