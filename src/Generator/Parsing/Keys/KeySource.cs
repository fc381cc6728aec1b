using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;
using TypedCache.Generator.Parsing.ValueObjects;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>A placeholder, and the parameter with the properties behind it that it names.</summary>
/// <param name="Placeholder">The placeholder.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="IsOfItem">Whether the properties are those of the items of a collection, and not of the collection itself.</param>
/// <param name="Path">The properties.</param>
internal sealed record KeySource(PlaceholderSegment Placeholder, IParameterSymbol Parameter, bool IsOfItem, IReadOnlyList<KeyMember> Path)
{
    /// <summary>Whether the parameter itself is written, or the items of a collection, and not one of their properties.</summary>
    public bool IsWhole => Path.Count == 0;

    /// <summary>The placeholder without its format, for messages.</summary>
    public string Name => string.Join(".", new[] { Placeholder.Name }.Concat(Placeholder.Path));

    /// <summary>The property that is written; null where it is the parameter itself.</summary>
    public ISymbol? Member => IsWhole ? null : Path[Path.Count - 1].Symbol;

    /// <summary>Finds what a placeholder names, and reports it where there is no such thing.</summary>
    /// <param name="context">The interface.</param>
    /// <param name="placeholder">The placeholder.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">What it can name: the method's parameters, and for a set of entries what tells them apart.</param>
    /// <param name="location">Where it is written.</param>
    public static KeySource? Find(
        ClientContext context, PlaceholderSegment placeholder, IMethodSymbol method, IReadOnlyCollection<IParameterSymbol> parameters, Location location)
    {
        var parameter = parameters.FirstOrDefault(candidate => candidate.Name == placeholder.Name);
        if (parameter is null)
        {
            context.Diagnostics.ReportUnknown(
                location, placeholder.Name, "parameter", method.Name, [.. parameters.Select(static candidate => candidate.Name)]);
            return null;
        }

        if (placeholder.Path.Count == 0)
        {
            return new KeySource(placeholder, parameter, IsOfItem: false, []);
        }

        // A collection's own properties come first; what it does not have is asked of its items.
        var isOfItem = !Members(context, parameter.Type).Exists(member => member.Name == placeholder.Path[0])
            && context.Types.ItemType(parameter.Type) is not null;
        var path = FindPath(context, placeholder, isOfItem ? context.Types.KeyOfItem(parameter.Type)! : parameter.Type, location);
        return path is null ? null : new KeySource(placeholder, parameter, isOfItem, path);
    }

    /// <summary>The type of what is written into the key.</summary>
    /// <param name="root">The type of the parameter or of an item.</param>
    public ITypeSymbol Type(ITypeSymbol root) => IsWhole ? root : Path[Path.Count - 1].Type;

    /// <summary>The expression of what is written as code.</summary>
    /// <param name="root">The parameter or item, or what stands for it.</param>
    /// <param name="rootType">Its type.</param>
    /// <param name="isNotNull">Whether it was checked for null already; a Nullable never was.</param>
    /// <param name="inside">The value objects around what is written.</param>
    public string Expression(string root, ITypeSymbol rootType, bool isNotNull, IEnumerable<ValueObject> inside)
    {
        var (expression, type, name) = (root, rootType, Placeholder.Name);
        foreach (var member in Path)
        {
            expression = $"{Operand(Checked(expression, type, name, isNotNull))}.{TypeText.Identifier(member.Name)}";
            (type, isNotNull) = (member.Type, false);
            name += "." + member.Name;
        }

        foreach (var valueObject in inside)
        {
            expression = valueObject.Unwrap.Replace(ValueObject.Placeholder, Operand(Checked(expression, type, name, isNotNull)));
            (type, isNotNull) = (valueObject.Inside, false);
        }

        return Checked(expression, type, name, isNotNull);
    }

    // The method checks a reference itself before it begins; a Nullable<T> would be boxed by that.
    private static string Checked(string expression, ITypeSymbol type, string name, bool isNotNull)
    {
        var canBeNull = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            || (!isNotNull && type.IsReferenceType && (expression == ValueKeyPart.Root || type.NullableAnnotation != NullableAnnotation.NotAnnotated));
        return canBeNull ? $"{expression} ?? throw new {RuntimeNames.Code.ArgumentNull}(\"{name}\")" : expression;
    }

    private static string Operand(string expression) => expression.Contains(' ') || expression[0] == '(' ? $"({expression})" : expression;

    private static List<KeyMember>? FindPath(ClientContext context, PlaceholderSegment placeholder, ITypeSymbol root, Location location)
    {
        var path = new List<KeyMember>();
        var type = root;
        foreach (var name in placeholder.Path)
        {
            type = KnownTypes.UnwrapNullable(type, out _);
            var members = Members(context, type);
            if (members.Find(candidate => candidate.Name == name) is not { } member)
            {
                context.Diagnostics.ReportUnknown(
                    location, name, "public property", TypeText.Message(type), [.. members.Select(static candidate => candidate.Name)]);
                return null;
            }

            path.Add(member);
            type = member.Type;
        }

        return path;
    }

    private static List<KeyMember> Members(ClientContext context, ITypeSymbol type)
    {
        var members = new List<KeyMember>();
        foreach (var current in BaseTypes(type).Concat(type.TypeKind == TypeKind.Interface ? type.AllInterfaces : []))
        {
            members.AddRange(current.GetMembers().Where(PublicMember.Is).Select(KeyMember.Of));
        }

        if (GeneratedValueObjects.Find(type, context.Compilation) is { } announced && !members.Exists(static member => member.Name == GeneratedValueObjects.ValueName))
        {
            members.Add(new KeyMember(GeneratedValueObjects.ValueName, announced.Inside, Symbol: null));
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
}
