using System.Globalization;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Naming;

/// <summary>Gives each codec of a file a name: after its type, with containing type and namespace in front where two types have one name.</summary>
/// <param name="names">All names of the file.</param>
internal sealed class CodecNames(ClientNames names)
{
    /// <summary>What the names of all codecs end with. No other name in a codec does, so that none hides a codec that is made later.</summary>
    public const string Suffix = "Codec";

    public string Take(ITypeSymbol type)
    {
        var stem = Stem(type);
        var container = type is INamedTypeSymbol { IsGenericType: false } ? type.ContainingSymbol : null;
        while (container is { Name.Length: > 0 } && names.IsTakenForClass(stem + Suffix))
        {
            stem = container.Name + stem;
            container = container.ContainingSymbol;
        }

        return TakeNumbered(stem);
    }

    public void Release(string name) => names.Release(name);

    private string TakeNumbered(string stem)
    {
        var name = stem + Suffix;
        for (var number = 2; names.IsTakenForClass(name); number++)
        {
            name = $"{stem}{number.ToString(CultureInfo.InvariantCulture)}{Suffix}";
        }

        names.Add(name);
        return name;
    }

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
