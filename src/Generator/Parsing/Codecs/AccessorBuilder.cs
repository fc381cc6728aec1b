using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>
/// Collects the <c>[UnsafeAccessor]</c> methods of a codec: for <c>init</c> setters, and for constructors of types with required members.
/// </summary>
internal sealed class AccessorBuilder(INamedTypeSymbol type)
{
    private readonly List<AccessorModel> _accessors = [];

    public IReadOnlyList<AccessorModel> Accessors => _accessors;

    /// <summary>Adds an accessor for a property's setter and gives the expression which calls it.</summary>
    public string AddSetter(IPropertySymbol property)
    {
        var definition = property.OriginalDefinition;
        var parameters = $"{(type.IsValueType ? "ref " : "")}{TypeNames.WithoutNull(definition.ContainingType)} target, {TypeNames.Of(definition.Type)} value";
        return Add(property.ContainingType, new AccessorModel("Set" + property.Name, definition.SetMethod!.MetadataName, "void", parameters));
    }

    /// <summary>Adds an accessor for a constructor and gives the expression which calls it.</summary>
    public string AddConstructor(IMethodSymbol constructor)
    {
        var definition = constructor.OriginalDefinition;
        var parameters = definition.Parameters.Select(parameter => $"{TypeNames.Of(parameter.Type)} {TypeNames.Identifier(parameter.Name)}");
        return Add(type, new AccessorModel("Create", null, TypeNames.WithoutNull(definition.ContainingType), string.Join(", ", parameters)));
    }

    private string Add(INamedTypeSymbol declaringType, AccessorModel accessor)
    {
        var parameters = GenericParameters(declaringType.OriginalDefinition, level => level.TypeParameters);
        if (parameters.Count == 0)
        {
            _accessors.Add(accessor);
            return accessor.Method;
        }

        var holder = new GenericHolder(
            declaringType.Name + "Access",
            $"<{string.Join(", ", parameters.Select(parameter => parameter.Name))}>",
            new EquatableArray<string>(parameters.Select(Constraints).Where(clause => clause.Length > 0)));
        _accessors.Add(accessor with { Holder = holder });
        var arguments = GenericParameters(declaringType, level => level.TypeArguments).Select(TypeNames.Of);
        return $"{holder.Name}<{string.Join(", ", arguments)}>.{accessor.Method}";
    }

    /// <summary>What the type and the types around it declare, from the outside in.</summary>
    private static List<T> GenericParameters<T>(INamedTypeSymbol type, Func<INamedTypeSymbol, IEnumerable<T>> select)
    {
        var all = new List<T>();
        for (var level = type; level is not null; level = level.ContainingType)
        {
            all.InsertRange(0, select(level));
        }

        return all;
    }

    private static string Constraints(ITypeParameterSymbol parameter)
    {
        var clauses = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint || parameter.HasValueTypeConstraint)
        {
            clauses.Add(parameter.HasUnmanagedTypeConstraint ? "unmanaged" : "struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            clauses.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            clauses.Add("notnull");
        }

        clauses.AddRange(parameter.ConstraintTypes.Select(TypeNames.Of));
        if (parameter.HasConstructorConstraint)
        {
            clauses.Add("new()");
        }

        return clauses.Count == 0 ? "" : $"where {parameter.Name} : {string.Join(", ", clauses)}";
    }
}
