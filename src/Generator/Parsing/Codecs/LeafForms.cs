using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>The types that are written and read by one call: MessagePack's own types and those with a built-in formatter.</summary>
internal static class LeafForms
{
    /// <summary>Formatters that look at no options: they are called without any.</summary>
    private static readonly Dictionary<string, string> Formatters = new(StringComparer.Ordinal)
    {
        ["MessagePack.Nil"] = "NilFormatter",
        ["System.Collections.BitArray"] = "BitArrayFormatter",
        ["System.DateOnly"] = "DateOnlyFormatter",
        ["System.DateTimeOffset"] = "DateTimeOffsetFormatter",
        ["System.Guid"] = "GuidFormatter",
        ["System.Half"] = "HalfFormatter",
        ["System.Int128"] = "Int128Formatter",
        ["System.Numerics.BigInteger"] = "BigIntegerFormatter",
        ["System.Numerics.Complex"] = "ComplexFormatter",
        ["System.Numerics.Matrix3x2"] = "Matrix3x2Formatter",
        ["System.Numerics.Matrix4x4"] = "Matrix4x4Formatter",
        ["System.Numerics.Quaternion"] = "QuaternionFormatter",
        ["System.Numerics.Vector2"] = "Vector2Formatter",
        ["System.Numerics.Vector3"] = "Vector3Formatter",
        ["System.Numerics.Vector4"] = "Vector4Formatter",
        ["System.Text.Rune"] = "RuneFormatter",
        ["System.Text.StringBuilder"] = "StringBuilderFormatter",
        ["System.TimeOnly"] = "TimeOnlyFormatter",
        ["System.TimeSpan"] = "TimeSpanFormatter",
        ["System.UInt128"] = "UInt128Formatter",
        ["System.Uri"] = "UriFormatter",
        ["System.Version"] = "VersionFormatter",
    };

    private static readonly Dictionary<string, string> ByteFormatters = new(StringComparer.Ordinal)
    {
        ["System.ArraySegment"] = "ByteArraySegmentFormatter",
        ["System.Buffers.ReadOnlySequence"] = "ByteReadOnlySequenceFormatter",
        ["System.Memory"] = "ByteMemoryFormatter",
        ["System.ReadOnlyMemory"] = "ByteReadOnlyMemoryFormatter",
    };

    public static ValueForm? Find(ITypeSymbol type)
    {
        var canBeNil = type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.Annotated };
        switch (type)
        {
            case { SpecialType: SpecialType.System_Decimal }:
                return new ValueForm.Formatter("DecimalFormatter", false);
            case { SpecialType: SpecialType.System_String or SpecialType.System_DateTime }:
            case { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Decimal }:
                return new ValueForm.Primitive(type.Name, canBeNil);
            case IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte }:
                return new ValueForm.Bytes(canBeNil);
            case INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying }:
                return new ValueForm.Enum(TypeNames.Of(type), TypeNames.Of(underlying), underlying.Name)
                {
                    Members = EnumMembers(type),
                    IsFlags = type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "FlagsAttribute" }),
                };
            case INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Byte }] }:
                return ByteFormatters.TryGetValue(TypeNames.Lookup(type), out var bytes) ? new ValueForm.Formatter(bytes, false) : null;
            case INamedTypeSymbol { IsGenericType: false }:
                return Formatters.TryGetValue(TypeNames.Lookup(type), out var name) ? new ValueForm.Formatter(name, canBeNil) : null;
            default:
                return null;
        }
    }

    private static EquatableArray<ContractEnumMember> EnumMembers(ITypeSymbol type) => new(type.GetMembers()
        .OfType<IFieldSymbol>()
        .Where(static field => field.HasConstantValue)
        .Select(static field => new ContractEnumMember(field.Name, Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture))));
}
