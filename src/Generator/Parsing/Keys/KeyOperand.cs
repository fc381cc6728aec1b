using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;
using TypedCache.Generator.Parsing.ValueObjects;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>How a value gets into a key.</summary>
/// <param name="Type">The type of what is written.</param>
/// <param name="Inside">The value objects around it, from the outside in.</param>
/// <param name="Method">The method of the key writer.</param>
internal sealed record KeyOperand(ITypeSymbol Type, IReadOnlyList<ValueObject> Inside, string Method)
{
    private const string Append = "Append";
    private const string AppendText = "AppendText";
    private const string AppendString = "AppendString";
    private const int MaximumDepth = 8;

    /// <summary>Finds it; null where the type has no text that is sure to stay the same.</summary>
    /// <param name="types">The known types.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="type">The type of the value.</param>
    /// <param name="format">The format in the template, or null.</param>
    public static KeyOperand? Find(KnownTypes types, Compilation compilation, ITypeSymbol type, string? format)
    {
        var inside = new List<ValueObject>();
        for (var current = type; inside.Count <= MaximumDepth;)
        {
            current = KnownTypes.UnwrapNullable(current, out _);
            var announced = GeneratedValueObjects.Find(current, compilation);
            if (announced is null && FindMethod(types, current, format) is { } method)
            {
                return new KeyOperand(current, inside, method);
            }

            if ((announced ?? ValueObjectConvention.Find(current, compilation)) is not { } valueObject)
            {
                return null;
            }

            inside.Add(valueObject);
            current = valueObject.Inside;
        }

        return null;
    }

    /// <summary>Why there is none, and what fixes it.</summary>
    public static string Obstacle(KnownTypes types, ITypeSymbol type) => types.IsFormattable(type)
        ? "write a format, such as {parameter:format}: without one IFormattable gives text for people, which may leave out a part of the value"
        : $"implement IUtf8SpanFormattable or ISpanFormattable, make it a value object ({ValueObjectConvention.Description}), "
            + "name one of its properties like {parameter.Id}, or pass a string";

    private static string? FindMethod(KnownTypes types, ITypeSymbol type, string? format) =>
        type.TypeKind == TypeKind.Enum || type.SpecialType is SpecialType.System_Boolean or SpecialType.System_String || types.IsUtf8Formattable(type) ? Append
        : types.IsSpanFormattable(type) ? AppendText
        : format is not null && types.IsFormattable(type) ? AppendString
        : null;
}
