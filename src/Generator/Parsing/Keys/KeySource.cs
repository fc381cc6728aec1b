using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>A placeholder, and the parameter with the properties behind it that it names.</summary>
internal sealed record KeySource(PlaceholderSegment Placeholder, IParameterSymbol Parameter, IReadOnlyList<ISymbol> Path)
{
    /// <summary>The type of what is written into the key.</summary>
    public ITypeSymbol Type => Path.Count == 0 ? Parameter.Type : MemberType(Path[Path.Count - 1]);

    /// <summary>Whether the parameter itself is written, and not one of its properties.</summary>
    public bool IsWhole => Path.Count == 0;

    /// <summary>The placeholder without its format, for messages.</summary>
    public string Name => string.Join(".", new[] { Placeholder.Name }.Concat(Placeholder.Path));

    /// <summary>Finds what a placeholder names, and reports it where there is no such thing.</summary>
    /// <param name="parameters">What it can name: the method's parameters, and for a set of entries what tells them apart.</param>
    public static KeySource? Find(
        PlaceholderSegment placeholder, IMethodSymbol method, IReadOnlyCollection<IParameterSymbol> parameters, DiagnosticCollector diagnostics, Location location)
    {
        var parameter = parameters.FirstOrDefault(candidate => candidate.Name == placeholder.Name);
        if (parameter is null)
        {
            diagnostics.ReportUnknown(
                location, placeholder.Name, "parameter", method.Name, [.. parameters.Select(static candidate => candidate.Name)]);
            return null;
        }

        var path = new List<ISymbol>();
        var type = parameter.Type;
        foreach (var name in placeholder.Path)
        {
            type = KnownTypes.UnwrapNullable(type, out _);
            var members = Members(type);
            if (members.Find(candidate => candidate.Name == name) is not { } member)
            {
                diagnostics.ReportUnknown(
                    location, name, "public property", TypeText.Message(type), [.. members.Select(static candidate => candidate.Name)]);
                return null;
            }

            path.Add(member);
            type = MemberType(member);
        }

        return new KeySource(placeholder, parameter, path);
    }

    /// <summary>The expression of the value as code.</summary>
    /// <param name="root">The parameter, or what stands for it. It is not null.</param>
    public string Expression(string root)
    {
        var (expression, type, name) = (root, Parameter.Type, Placeholder.Name);
        foreach (var member in Path)
        {
            expression = $"{Checked(expression, type, name, isRoot: expression == root)}.{TypeText.Identifier(member.Name)}";
            type = MemberType(member);
            name += "." + member.Name;
        }

        return Checked(expression, type, name, isRoot: IsWhole, isLast: true);
    }

    // The method checks a reference itself before it begins; a Nullable<T> would be boxed by that.
    private static string Checked(string expression, ITypeSymbol type, string name, bool isRoot, bool isLast = false)
    {
        var canBeNull = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            || (!isRoot && type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated);
        if (!canBeNull)
        {
            return expression;
        }

        var check = $"{expression} ?? throw new {RuntimeNames.Code.ArgumentNull}(\"{name}\")";
        return isLast ? check : $"({check})";
    }

    private static List<ISymbol> Members(ITypeSymbol type)
    {
        var members = new List<ISymbol>();
        foreach (var current in BaseTypes(type).Concat(type.TypeKind == TypeKind.Interface ? type.AllInterfaces : []))
        {
            members.AddRange(current.GetMembers().Where(static member => member
                is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public }
                or IFieldSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public }));
        }

        return members;
    }

    private static IEnumerable<ITypeSymbol> BaseTypes(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static ITypeSymbol MemberType(ISymbol member) =>
        member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
}
