using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary><c>[Obsolete]</c> of a symbol, to be repeated on what is generated for it: it may name what only obsolete code can name.</summary>
internal static class ObsoleteMark
{
    /// <summary>The attribute as code; null where the symbol has none.</summary>
    public static string? Find(ISymbol symbol)
    {
        var data = symbol.GetAttributes().FirstOrDefault(static attribute =>
            attribute.AttributeClass is { Name: "ObsoleteAttribute" } type && TypeNames.Is(type, "System.ObsoleteAttribute"));
        if (data is null)
        {
            return null;
        }

        var arguments = data.ConstructorArguments.Select(static argument => argument.ToCSharpString())
            .Concat(data.NamedArguments.Select(static argument => $"{argument.Key} = {argument.Value.ToCSharpString()}"));
        return $"[global::System.Obsolete({string.Join(", ", arguments)})]";
    }
}
