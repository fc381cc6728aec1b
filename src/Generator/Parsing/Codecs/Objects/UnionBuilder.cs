using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Codecs.Contracts;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Objects;

/// <summary>Builds the codec of an interface or abstract class from its <c>[Union]</c> attributes.</summary>
internal sealed class UnionBuilder(Compilation compilation, CodecParser parser)
{
    public static bool IsUnion(INamedTypeSymbol type) => MessagePackAttributes.Find(type, MessagePackAttributes.Union) is not null;

    public UnionCodecModel? Build(INamedTypeSymbol type, string name, string where)
    {
        if (Check(type) is { } reason)
        {
            parser.Refuse(where, reason);
            return null;
        }

        var cases = new List<UnionCase>();
        foreach (var (key, subType) in Attributes(type).OrderBy(attribute => attribute.Key))
        {
            if (parser.GetForm(subType!.WithNullableAnnotation(NullableAnnotation.Annotated), where) is not { } form)
            {
                return null;
            }

            cases.Add(new UnionCase(key, TypeNames.WithoutNull(subType), form));
        }

        return new UnionCodecModel(name, TypeNames.WithoutNull(type), new EquatableArray<UnionCase>(cases));
    }

    private string? Check(INamedTypeSymbol type)
    {
        var name = TypeNames.InMessage(type);
        if (!IsUnion(type))
        {
            return $"'{name}' is {(type.TypeKind == TypeKind.Interface ? "an interface" : "abstract")}; "
                + "name its implementations with [Union(0, typeof(...))], or use a concrete type";
        }

        if (!type.IsAbstract)
        {
            return $"'{name}' has [Union] but is neither an interface nor abstract; make it abstract";
        }

        var keys = new HashSet<int>();
        var types = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var (key, subType) in Attributes(type))
        {
            var number = key.ToString(CultureInfo.InvariantCulture);
            if (subType is null || !compilation.HasImplicitConversion(subType, type))
            {
                return $"[Union] with key {number} of '{name}' needs the typeof(...) of a type that implements it";
            }

            if (!keys.Add(key))
            {
                return $"'{name}' has two [Union] attributes with key {number}";
            }

            if (!types.Add(subType))
            {
                return $"'{name}' has two [Union] attributes for '{TypeNames.InMessage(subType)}'";
            }
        }

        return null;
    }

    private static IEnumerable<(int Key, ITypeSymbol? SubType)> Attributes(INamedTypeSymbol type) =>
        MessagePackAttributes.FindAll(type, MessagePackAttributes.Union).Select(data =>
            data.ConstructorArguments is [{ Value: int key }, var subType] ? (key, subType.Value as ITypeSymbol) : (0, null));
}
