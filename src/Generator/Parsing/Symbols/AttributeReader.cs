using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>The arguments of one attribute, and where each is written.</summary>
/// <param name="attribute">The attribute.</param>
/// <param name="fallback">The place to report at where the attribute has no source.</param>
internal sealed class AttributeReader(AttributeData attribute, Location fallback)
{
    private readonly AttributeSyntax? _syntax = attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;

    /// <summary>The text of the constructor's argument; null where there is none.</summary>
    public string? Text => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string text }] ? text : null;

    /// <summary>The attribute as a whole.</summary>
    public Location Location => _syntax?.GetLocation() ?? fallback;

    /// <summary>Where the constructor's argument is written.</summary>
    public Location ArgumentLocation => ArgumentExpression?.GetLocation() ?? Location;

    /// <summary>Where the last of the constructor's arguments is written.</summary>
    public Location LastArgumentLocation =>
        _syntax?.ArgumentList?.Arguments.LastOrDefault(static argument => argument.NameEquals is null)?.Expression.GetLocation() ?? Location;

    private ExpressionSyntax? ArgumentExpression =>
        _syntax?.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals is null)?.Expression;

    /// <summary>A named argument, or null where it is not set.</summary>
    public object? Named(string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { IsNull: false, Kind: not TypedConstantKind.Array } constant
            ? constant.Value
            : null;

    /// <summary>Where a named argument is written.</summary>
    public Location NamedLocation(string name) =>
        _syntax?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression.GetLocation()
        ?? Location;

    /// <summary>Where a piece of the constructor's text is written: inside the literal, or the argument as a whole.</summary>
    public Location LocationInText(int start, int length) =>
        length > 0 && ArgumentExpression is LiteralExpressionSyntax literal && LiteralText.FindSpan(literal.Token, start, length) is { } span
            ? Location.Create(literal.SyntaxTree, span)
            : ArgumentLocation;
}
