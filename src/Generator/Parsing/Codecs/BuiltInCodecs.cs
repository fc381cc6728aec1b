using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>The types which the runtime stores without MessagePack when they are the whole value.</summary>
internal static class BuiltInCodecs
{
    private const string Codecs = "global::TypedCache.Values.CacheCodecs.";

    /// <summary>The expression of the codec, or null.</summary>
    public static string? Find(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Find(nullable.TypeArguments[0]) is { } codec ? $"{Codecs}Nullable({codec})" : null;
        }

        return Name(type) is { } name ? Codecs + name : null;
    }

    private static string? Name(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => "Bytes",
        INamedTypeSymbol { Name: "ReadOnlyMemory", TypeArguments: [{ SpecialType: SpecialType.System_Byte }] } memory
            when TypeNames.Lookup(memory) == "System.ReadOnlyMemory" => "Memory",
        { SpecialType: SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Single or SpecialType.System_Double } => type.Name,
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => type.Name,
        _ => null,
    };
}
