using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Codecs.Contracts;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.ValueObjects;

/// <summary>
/// Finds value objects by convention: one value that can be read, and a way back from it that says by its name that it is one. Both are
/// asked for, so that an object of which the value is only a part is none.
/// </summary>
internal static class ValueObjectConvention
{
    /// <summary>What is looked for, for messages.</summary>
    public const string Description = "one public property and a static From, Create or Of, a constructor or a conversion that takes its value";

    private const string ValueName = "Value";

    /// <summary>The factories in the order of their preference. F# makes the last for the union with one case.</summary>
    private static readonly string[] FactoryNames = ["From", "FromValue", "Of", "Create", "New"];

    /// <summary>The value object that a type is, as far as its members are visible; null where it is none.</summary>
    public static ValueObject? Find(ITypeSymbol type, Compilation compilation) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, SpecialType: SpecialType.None, IsTupleType: false } named
            && !FrameworkType.Is(named)
            ? FindByMember(named, compilation) ?? FindByConversions(named, compilation)
            : null;

    private static ValueObject? FindByMember(INamedTypeSymbol type, Compilation compilation)
    {
        var members = Members(type);
        var member = members.Count == 1 ? members[0]
            : HasOneField(type) ? members.Find(static candidate => candidate.Name == ValueName) ?? members.Find(HasField)
            : null;
        return member is not null && PublicMember.TypeOf(member) is var inside && FindWayBack(type, inside, member.Name, compilation) is { } wrap
            ? new ValueObject(inside, member, $"{ValueObject.Placeholder}.{TypeText.Identifier(member.Name)}", wrap)
            : null;
    }

    // Conversions in both directions say as much as a property and a factory, if they are of one type.
    private static ValueObject? FindByConversions(INamedTypeSymbol type, Compilation compilation)
    {
        if (Members(type).Count > 0 && !HasOneField(type))
        {
            return null;
        }

        var inside = Conversions(type, compilation)
            .Where(conversion => IsSame(conversion.Parameters[0].Type, type) && FindConversion(type, conversion.ReturnType, compilation) is not null)
            .Select(static conversion => conversion.ReturnType)
            .ToList();
        return inside is [var only]
            ? new ValueObject(only, Member: null, $"({TypeNames.WithoutNull(only)}){ValueObject.Placeholder}", FindConversion(type, only, compilation)!)
            : null;
    }

    private static string? FindWayBack(INamedTypeSymbol type, ITypeSymbol inside, string member, Compilation compilation)
    {
        var factory = type.GetMembers().OfType<IMethodSymbol>()
            .Where(method => method is { IsStatic: true, MethodKind: MethodKind.Ordinary, IsGenericMethod: false }
                && FactoryNames.Contains(FactoryName(method, type))
                && IsSame(method.ReturnType, type)
                && Takes(method, inside, compilation)
                && (member == ValueName || IsNamedAfter(method.Parameters[0], member)))
            .OrderBy(method => Array.IndexOf(FactoryNames, FactoryName(method, type)))
            .FirstOrDefault();
        var name = TypeNames.WithoutNull(type);
        return factory is not null ? $"{name}.{TypeText.Identifier(factory.Name)}({ValueObject.Placeholder})"
            : type.InstanceConstructors.Any(constructor =>
                Takes(constructor, inside, compilation) && IsNamedAfter(constructor.Parameters[0], member) && !RequiredMembers.AreLeftBy(constructor))
                ? $"new {name}({ValueObject.Placeholder})"
            : FindConversion(type, inside, compilation);
    }

    private static string FactoryName(IMethodSymbol method, INamedTypeSymbol type) => method.Name == "New" + type.Name ? "New" : method.Name;

    private static string? FindConversion(INamedTypeSymbol type, ITypeSymbol inside, Compilation compilation) =>
        Conversions(type, compilation).Any(conversion => IsSame(conversion.ReturnType, type) && Takes(conversion, inside, compilation))
            ? $"({TypeNames.WithoutNull(type)})({ValueObject.Placeholder})"
            : null;

    private static IEnumerable<IMethodSymbol> Conversions(INamedTypeSymbol type, Compilation compilation) => type.GetMembers()
        .OfType<IMethodSymbol>()
        .Where(method => method is { MethodKind: MethodKind.Conversion, Parameters.Length: 1 } && compilation.Reaches(method) && !IsBarred(method));

    private static bool Takes(IMethodSymbol method, ITypeSymbol inside, Compilation compilation) =>
        method.Parameters is [{ RefKind: RefKind.None or RefKind.In } parameter]
        && IsSame(parameter.Type, inside)
        && compilation.Reaches(method)
        && !IsBarred(method);

    private static bool IsNamedAfter(IParameterSymbol parameter, string member)
    {
        var name = parameter.Name.TrimStart('_');
        return string.Equals(name, member.TrimStart('_'), StringComparison.OrdinalIgnoreCase)
            || string.Equals(name, ValueName, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsBarred(ISymbol symbol) => symbol.GetAttributes().Any(static attribute =>
        attribute is { AttributeClass.Name: "ObsoleteAttribute", ConstructorArguments: [_, { Value: true }] });

    private static List<ISymbol> Members(INamedTypeSymbol type)
    {
        var isFSharp = type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "CompilationMappingAttribute");
        var members = new List<ISymbol>();
        for (var level = type; level is not null; level = level.BaseType)
        {
            members.AddRange(level.GetMembers().Where(member => PublicMember.Is(member)
                && !(isFSharp && member.Name == "Tag")
                && !members.Exists(hiding => hiding.Name == member.Name)));
        }

        return members;
    }

    // Only the compiler's own symbols have the private fields; a property without one is made of that which has it.
    private static bool HasOneField(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Length > 0
        && type.BaseType is { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType }
        && type.GetMembers().OfType<IFieldSymbol>().Count(static field => !field.IsStatic) == 1;

    private static bool HasField(ISymbol member) => member is IFieldSymbol
        || member.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => IsSame(field.AssociatedSymbol, member));

    private static bool IsSame(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
