using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Codecs.Contracts;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Reads the class that <c>[CacheCodec]</c> names.</summary>
internal sealed class CustomCodec(ClientContext context, AttributeReader attribute)
{
    /// <summary>How the codec of a value type is made; null where the class cannot be its codec, which is reported.</summary>
    public CodecReference? Find(ITypeSymbol type)
    {
        var codec = attribute.Type;
        var name = codec is null ? "null" : TypeText.Message(codec);
        if (codec?.TypeKind == TypeKind.Error)
        {
            context.Diagnostics.Report(Rules.TypeUnknown, attribute.ArgumentLocation, name);
            return null;
        }

        if (FindObstacle(codec, type) is { } obstacle)
        {
            context.Diagnostics.Report(Rules.CodecNotUsable, attribute.ArgumentLocation, name, TypeText.Message(type), obstacle);
            return null;
        }

        return Create((INamedTypeSymbol)codec!, type);
    }

    private CodecReference Create(INamedTypeSymbol codec, ITypeSymbol type)
    {
        var code = TypeText.Code(codec);
        var isExact = ValueTypes(codec).Any(value => SymbolEqualityComparer.Default.Equals(value, type));
        var isAsDeclared = ValueTypes(codec).Any(value => SymbolEqualityComparer.IncludeNullability.Equals(value, type));
        var reference = new CodecReference($"new {code}()" + (isExact && !isAsDeclared ? "!" : ""), code)
        {
            FieldName = "_" + Names.Uncapitalized(codec.Name),
            CustomName = TypeText.Message(codec),
        };
        return isExact ? reference : reference.OfNullable($"_nullable{codec.Name}", TypeText.Code(KnownTypes.UnwrapNullable(type, out _)));
    }

    private string? FindObstacle(ITypeSymbol? codec, ITypeSymbol type)
    {
        if (codec is not INamedTypeSymbol named)
        {
            return "it is not a class: name one with typeof(...)";
        }

        if (named.IsUnboundGenericType)
        {
            return "it is an open generic type: name its type arguments, or derive a class that does";
        }

        if (context.FindAccessObstacle(named) is { } access)
        {
            return $"it is {access}: make it internal or public";
        }

        var bare = KnownTypes.UnwrapNullable(type, out _);
        if (!ValueTypes(named).Any(value => SymbolEqualityComparer.Default.Equals(value, type) || SymbolEqualityComparer.Default.Equals(value, bare)))
        {
            return $"it is {Describe(named)}: implement ICacheCodec<{TypeText.Message(bare)}>";
        }

        return named.IsAbstract ? $"it is {(named.TypeKind == TypeKind.Interface ? "an interface" : "abstract")}: name a class that can be instantiated"
            : named.InstanceConstructors.Any(IsUsable) ? null
            : "it has no parameterless constructor that generated code can call: add a public or internal one";
    }

    private bool IsUsable(IMethodSymbol constructor) =>
        constructor.Parameters.IsEmpty && context.Sees(constructor) && !RequiredMembers.AreLeftBy(constructor);

    private string Describe(INamedTypeSymbol codec) => ValueTypes(codec).FirstOrDefault() is { } other
        ? $"an ICacheCodec<{TypeText.Message(other)}>"
        : "no ICacheCodec<T>";

    private IEnumerable<ITypeSymbol> ValueTypes(INamedTypeSymbol codec) => codec.AllInterfaces.Insert(0, codec)
        .Where(context.Types.IsCodec)
        .Select(static implemented => implemented.TypeArguments[0]);
}
