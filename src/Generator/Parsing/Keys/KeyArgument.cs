using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>What code hands over to make a placeholder's text.</summary>
/// <param name="Parameter">The member's parameter, or for an item of a collection the collection.</param>
/// <param name="Type">The type of what is handed over. It is never null, unless it is a <c>Nullable</c>.</param>
/// <param name="Name">What it is called, as code.</param>
internal sealed record KeyArgument(IParameterSymbol Parameter, ITypeSymbol Type, string Name)
{
    /// <summary>The parameter itself, whether all of it or one of its properties is written.</summary>
    public static KeyArgument Of(IParameterSymbol parameter) =>
        new(parameter, TypeText.WithoutAnnotation(parameter.Type), TypeText.Identifier(parameter.Name));

    public ParameterModel ToModel() => new(TypeText.Code(Type), Name);
}
