using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Parsing.ValueObjects;

/// <summary>A type that is nothing but a name for one value, such as an id, and how C# comes from one to the other.</summary>
/// <param name="Inside">The type of the value.</param>
/// <param name="Member">What gives the value; null where it is a conversion or not visible yet.</param>
/// <param name="Unwrap">The expression of the value, in which <see cref="Placeholder"/> stands for the object.</param>
/// <param name="Wrap">The expression of the object, in which it stands for the value.</param>
internal sealed record ValueObject(ITypeSymbol Inside, ISymbol? Member, string Unwrap, string Wrap)
{
    /// <summary>What stands for an operand. No C# name contains it.</summary>
    public const string Placeholder = ValueObjectCodecModel.Placeholder;
}
