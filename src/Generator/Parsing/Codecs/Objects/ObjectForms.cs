using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Parsing.Codecs.Objects;

/// <summary>How MessagePack writes a value of which it knows only that it is an object.</summary>
internal static class ObjectForms
{
    /// <summary>Integers keep the width of their type, so that reading an object gives the same type again.</summary>
    public static ValueForm Of(ValueForm form) => form switch
    {
        ValueForm.Primitive primitive when FixedWidth(primitive.Reader) is { } writer => primitive with { Writer = writer },
        ValueForm.Enum @enum when FixedWidth(@enum.Reader) is { } writer => @enum with { Writer = writer },
        _ => form,
    };

    /// <summary>Whether a value is written differently as an object than by its declared type.</summary>
    public static bool Differs(ITypeSymbol type) =>
        type.IsAbstract || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static string? FixedWidth(string reader) => reader switch
    {
        "SByte" => "WriteInt8",
        "Byte" => "WriteUInt8",
        "Int16" or "UInt16" or "Int32" or "UInt32" or "Int64" or "UInt64" => "Write" + reader,
        _ => null,
    };
}
