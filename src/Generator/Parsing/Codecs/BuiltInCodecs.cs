using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>The types that the runtime stores without MessagePack when they are the whole value.</summary>
internal static class BuiltInCodecs
{
    /// <summary>The codec, or null.</summary>
    /// <param name="type">The type of the value.</param>
    /// <param name="hasDates">Whether the dialect has a form for dates.</param>
    public static CodecReference? Find(ITypeSymbol type, bool hasDates)
    {
        var bare = KnownTypes.UnwrapNullable(type, out var isNullable);
        if (Name(bare, hasDates) is not { } name)
        {
            return null;
        }

        var expression = $"{RuntimeNames.Code.BuiltInCodecs}.{name}";
        var codec = new CodecReference(expression, expression);
        return isNullable ? codec.OfNullable($"_nullable{bare.Name}Codec", TypeText.Code(bare)) : codec;
    }

    private static string? Name(ITypeSymbol type, bool hasDates) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => "Bytes",
        INamedTypeSymbol { Name: "ReadOnlyMemory", TypeArguments: [{ SpecialType: SpecialType.System_Byte }] } memory
            when TypeNames.Is(memory, "System.ReadOnlyMemory") => "Memory",
        { SpecialType: SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Single or SpecialType.System_Double } => type.Name,
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => type.Name,
        { SpecialType: SpecialType.System_DateTime } when hasDates => type.Name,
        _ => null,
    };
}
