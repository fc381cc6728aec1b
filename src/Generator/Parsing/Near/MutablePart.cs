using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Near;

/// <summary>What of a value can change.</summary>
/// <param name="Reason">What it is and why, for a message.</param>
/// <param name="Fix">What prevents it.</param>
internal sealed record MutablePart(string Reason, string Fix)
{
    /// <summary>The way out for a type that only looks as if it could change, behind another one.</summary>
    public static string OrMark(ITypeSymbol type) =>
        $", or mark '{TypeText.Message(TypeText.WithoutAnnotation(type))}' with [ImmutableObject(true)] if nobody changes it";
}
