using Microsoft.CodeAnalysis;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>Tells what lies under a key, without what makes no difference to its bytes: null, which collection it is, the names of a
/// tuple's elements, and whether text is read as bytes.</summary>
internal static class StoredValues
{
    private static readonly SymbolDisplayFormat WithoutNull = SymbolDisplayFormat.FullyQualifiedFormat;

    /// <summary>A number that the server counts.</summary>
    public static StoredValue Counter { get; } = new("counter", "counter", IsCounter: true, IsNumberText: true);

    /// <summary>The version of a tag.</summary>
    public static StoredValue Tag { get; } = new("tag", "the version of a tag", IsCounter: false, IsNumberText: false);

    /// <summary>A value of a type, as a codec writes it. What a codec of the project writes is like nothing else.</summary>
    public static StoredValue Of(ClientContext context, ITypeSymbol type, CodecReference codec)
    {
        var types = context.Types;
        var bare = KnownTypes.UnwrapNullable(type, out _);
        var name = TypeText.Message(TypeText.WithoutAnnotation(bare));
        var isNumber = bare.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
        var isNumberText = isNumber || types.IsTextOrBytes(bare);
        return codec.CustomName is { } custom
            ? new StoredValue($"{Text(bare)} by {codec.Writes}", $"{name} by {custom}", IsCounter: false, isNumberText)
            : new StoredValue(Form(types, type), name, IsCounter: false, isNumberText)
            {
                DialectOfBytes = isNumber && ContractDialect.HasNumbersAsBytes(context.Dialect.ToString()) ? context.Dialect.ToString() : null,
            };
    }

    private static string Form(KnownTypes types, ITypeSymbol declared)
    {
        var type = KnownTypes.UnwrapNullable(declared, out _);
        if (types.IsTextOrBytes(type))
        {
            return "text";
        }

        return type is IArrayTypeSymbol || IsCollection(type)
            ? types.ItemType(type) switch
            {
                null => Text(type),
                INamedTypeSymbol pair when types.IsKeyValuePair(pair) =>
                    $"{{{Form(types, pair.TypeArguments[0])}: {Form(types, pair.TypeArguments[1])}}}",
                var item => $"[{Form(types, item)}]",
            }
            : Text(type);
    }

    // In the name of a type only the elements of tuples have names of fields; a blank is before each.
    private static string Text(ITypeSymbol type)
    {
        var parts = type.ToDisplayParts(WithoutNull);
        return string.Concat(parts.Where((_, index) => !IsName(index) && !IsName(index + 1)).Select(static part => part.ToString()));

        bool IsName(int index) => index < parts.Length && parts[index].Kind == SymbolDisplayPartKind.FieldName;
    }

    private static bool IsCollection(ITypeSymbol type) =>
        type.ContainingNamespace is { } space && space.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal);
}
