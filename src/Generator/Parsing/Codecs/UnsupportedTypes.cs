using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>The types that cannot be stored whatever is in them, and why.</summary>
internal static class UnsupportedTypes
{
    public static string? Find(ITypeSymbol type, Compilation compilation)
    {
        return type switch
        {
            { TypeKind: TypeKind.Error } => $"the type '{TypeNames.InMessage(type)}' is not known",
            { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object } =>
                $"'{TypeNames.InMessage(type)}' does not say what is stored; use a concrete type, or an interface with [Union]",
            { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => $"the pointer '{TypeNames.InMessage(type)}' cannot be stored",
            { TypeKind: TypeKind.Delegate } => $"the delegate '{TypeNames.InMessage(type)}' cannot be stored",
            { TypeKind: TypeKind.TypeParameter } => $"'{TypeNames.InMessage(type)}' is a type parameter; use a concrete type",
            { IsRefLikeType: true } => $"'{TypeNames.InMessage(type)}' is a ref struct, which cannot be stored; use an array or ReadOnlyMemory<byte>",
            INamedTypeSymbol { IsGenericType: false } when Namespace(type) == "System.Collections" =>
                $"'{TypeNames.InMessage(type)}' holds objects of unknown types; use a generic collection",
            INamedTypeSymbol { Name: "Type" } when Namespace(type) == "System" =>
                $"'{TypeNames.InMessage(type)}' would be loaded by the name in the payload, no matter who wrote it; store the name as a string",
            INamedTypeSymbol { IsFileLocal: true } => $"'{TypeNames.InMessage(type)}' is local to its file; make it internal or public",
            INamedTypeSymbol when !compilation.Reaches(type.OriginalDefinition) =>
                $"generated code cannot access '{TypeNames.InMessage(type)}'; make it internal or public",
            _ => null,
        };
    }

    private static string Namespace(ITypeSymbol type) => type.ContainingNamespace.ToDisplayString();
}
