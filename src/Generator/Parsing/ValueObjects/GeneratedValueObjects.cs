using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.ValueObjects;

/// <summary>
/// Value objects that another generator completes. No generator sees what another one makes, so that in the same project such a type
/// looks empty: what it will have is told by its attribute.
/// </summary>
internal static class GeneratedValueObjects
{
    /// <summary>The property of all of them.</summary>
    public const string ValueName = "Value";

    private const string Vogen = "Vogen.ValueObjectAttribute";
    private const string VogenDefaults = "Vogen.VogenDefaultsAttribute";
    private const string StronglyTypedId = "StronglyTypedIds.StronglyTypedIdAttribute";
    private const string StronglyTypedIdDefaults = "StronglyTypedIds.StronglyTypedIdDefaultsAttribute";

    /// <summary>The value object that the type's attribute announces, or null.</summary>
    public static ValueObject? Find(ITypeSymbol type, Compilation compilation)
    {
        if (type.SpecialType != SpecialType.None || type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            return null;
        }

        foreach (var attribute in type.GetAttributes())
        {
            var found = attribute.AttributeClass switch
            {
                { } named when TypeNames.Is(named, Vogen) => OfVogen(type, attribute, compilation),
                { } named when TypeNames.Is(named, StronglyTypedId) => OfStronglyTypedId(type, attribute, compilation),
                _ => null,
            };
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static ValueObject OfVogen(ITypeSymbol type, AttributeData attribute, Compilation compilation)
    {
        var inside = attribute.AttributeClass!.TypeArguments.FirstOrDefault()
            ?? FirstType(attribute)
            ?? (Default(compilation, VogenDefaults) is { } defaults ? FirstType(defaults) : null)
            ?? compilation.GetSpecialType(SpecialType.System_Int32);
        return Create(inside, $"{TypeNames.WithoutNull(type)}.From({ValueObject.Placeholder})");
    }

    // Of a template of the user's own nobody knows what it has.
    private static ValueObject? OfStronglyTypedId(ITypeSymbol type, AttributeData attribute, Compilation compilation)
    {
        var template = Template(attribute) ?? (attribute.ConstructorArguments.Any(static argument => argument.Kind == TypedConstantKind.Array && !argument.Values.IsEmpty)
            ? ""
            : Default(compilation, StronglyTypedIdDefaults) is { } defaults ? Template(defaults) ?? "" : "Guid");
        ITypeSymbol? inside = template switch
        {
            "Guid" or "Default" => compilation.GetTypeByMetadataName("System.Guid"),
            "Int" => compilation.GetSpecialType(SpecialType.System_Int32),
            "Long" => compilation.GetSpecialType(SpecialType.System_Int64),
            "String" => compilation.GetSpecialType(SpecialType.System_String),
            _ => null,
        };
        return inside is null ? null : Create(inside, $"new {TypeNames.WithoutNull(type)}({ValueObject.Placeholder})");
    }

    private static ValueObject Create(ITypeSymbol inside, string wrap) =>
        new(inside.WithNullableAnnotation(NullableAnnotation.NotAnnotated), Member: null, $"{ValueObject.Placeholder}.{ValueName}", wrap);

    private static ITypeSymbol? FirstType(AttributeData attribute) =>
        attribute.ConstructorArguments.FirstOrDefault(static argument => argument.Kind == TypedConstantKind.Type).Value as ITypeSymbol;

    // The name of the first enum argument, such as Template.Long.
    private static string? Template(AttributeData attribute) =>
        attribute.ConstructorArguments.FirstOrDefault(static argument => argument.Kind == TypedConstantKind.Enum) is { Type: { } type, Value: { } value }
            ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value))?.Name
            : null;

    private static AttributeData? Default(Compilation compilation, string name) =>
        compilation.Assembly.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { } type && TypeNames.Is(type, name));
}
