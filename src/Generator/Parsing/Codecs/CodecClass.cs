using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Codecs.Contracts;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>A class of the project that may be the codec of a type.</summary>
internal static class CodecClass
{
    /// <summary>Why the class cannot be the type's codec; null where it can.</summary>
    public static string? FindObstacle(Compilation compilation, ITypeSymbol? codec, ITypeSymbol type)
    {
        if (codec is not INamedTypeSymbol named)
        {
            return "it is not a class: name one with typeof(...)";
        }

        if (named.IsUnboundGenericType)
        {
            return "it is an open generic type: name its type arguments, or derive a class that does";
        }

        if (compilation.FindObstacle(named) is { } access)
        {
            return $"it is {access}: make it internal or public";
        }

        var bare = KnownTypes.UnwrapNullable(type, out _);
        var values = ValueTypes(compilation, named).ToList();
        if (!values.Exists(value => IsSame(value, type) || IsSame(value, bare)))
        {
            return $"it is {Describe(values)}: implement ICacheCodec<{TypeText.Message(bare)}>";
        }

        return named.IsAbstract ? $"it is {(named.TypeKind == TypeKind.Interface ? "an interface" : "abstract")}: name a class that can be instantiated"
            : named.InstanceConstructors.Any(constructor => IsUsable(compilation, constructor)) ? null
            : "it has no parameterless constructor that generated code can call: add a public or internal one";
    }

    /// <summary>Whether the class is a codec of exactly the type, and not only of what is inside a <c>Nullable</c>.</summary>
    public static bool IsExact(Compilation compilation, INamedTypeSymbol codec, ITypeSymbol type) =>
        ValueTypes(compilation, codec).Any(value => IsSame(value, type));

    /// <summary>The expression that makes one, for exactly the type or for what is inside a <c>Nullable</c>.</summary>
    public static string Create(Compilation compilation, INamedTypeSymbol codec, ITypeSymbol type)
    {
        var isAsDeclared = ValueTypes(compilation, codec).Any(value => SymbolEqualityComparer.IncludeNullability.Equals(value, type));
        return $"new {TypeText.Code(codec)}()" + (IsExact(compilation, codec, type) && !isAsDeclared ? "!" : "");
    }

    private static bool IsUsable(Compilation compilation, IMethodSymbol constructor) =>
        constructor.Parameters.IsEmpty && compilation.Reaches(constructor) && !RequiredMembers.AreLeftBy(constructor);

    private static string Describe(List<ITypeSymbol> values) =>
        values.Count > 0 ? $"an ICacheCodec<{TypeText.Message(values[0])}>" : "no ICacheCodec<T>";

    private static IEnumerable<ITypeSymbol> ValueTypes(Compilation compilation, INamedTypeSymbol codec) => codec.AllInterfaces.Insert(0, codec)
        .Where(KnownTypes.Of(compilation).IsCodec)
        .Select(static implemented => implemented.TypeArguments[0]);

    private static bool IsSame(ITypeSymbol one, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
