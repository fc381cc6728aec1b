using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Objects;

/// <summary>
/// Collects the <c>[UnsafeAccessor]</c> methods of a codec: for <c>init</c> setters, for constructors of types with required members, and
/// for what is private where the type says that it is stored.
/// </summary>
internal sealed class AccessorBuilder(INamedTypeSymbol type, Compilation compilation)
{
    private readonly List<AccessorModel> _accessors = [];
    private readonly Dictionary<ISymbol, string> _fields = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<AccessorModel> Accessors => _accessors;

    /// <summary>Adds an accessor for a property's setter and gives the expression that calls it.</summary>
    public string AddSetter(IPropertySymbol property) => AddMethod(property.SetMethod!, "Set" + Stem(property), "void");

    /// <summary>Adds an accessor for a property's getter and gives the expression that calls it.</summary>
    public string AddGetter(IPropertySymbol property) =>
        AddMethod(property.GetMethod!, "Get" + Stem(property), TypeNames.Of(property.OriginalDefinition.Type));

    /// <summary>Adds an accessor for a field, once for reading and writing, and gives the expression that calls it.</summary>
    public string AddField(IFieldSymbol field)
    {
        if (!_fields.TryGetValue(field, out var expression))
        {
            var definition = field.OriginalDefinition;
            expression = Add(field, Stem(field) + "Field", AccessorKind.Field, field.MetadataName, "ref " + TypeNames.Of(definition.Type), Target(definition));
            _fields.Add(field, expression);
        }

        return expression;
    }

    /// <summary>Adds an accessor for a constructor and gives the expression that calls it.</summary>
    public string AddConstructor(IMethodSymbol constructor)
    {
        var definition = constructor.OriginalDefinition;
        var parameters = definition.Parameters.Select(parameter => $"{TypeNames.Of(parameter.Type)} {TypeText.Identifier(parameter.Name)}");
        return Add(constructor, "Create", AccessorKind.Constructor, null, TypeNames.WithoutNull(definition.ContainingType), string.Join(", ", parameters));
    }

    private string AddMethod(IMethodSymbol method, string name, string returnType)
    {
        var definition = method.OriginalDefinition;
        var parameters = definition.Parameters.Select(parameter => $"{TypeNames.Of(parameter.Type)} {parameter.Name}").Prepend(Target(definition));
        return Add(method, name, AccessorKind.Method, definition.MetadataName, returnType, string.Join(", ", parameters));
    }

    private string Add(ISymbol symbol, string preferredName, AccessorKind kind, string? target, string returnType, string parameters)
    {
        var name = Names.Unique(preferredName, _names);
        _names.Add(name);
        var isPrivate = !compilation.Reaches(symbol);
        var accessor = new AccessorModel(name, kind, target, returnType, parameters, isPrivate);
        var declaringType = symbol.ContainingType;
        var typeParameters = GenericParameters(declaringType.OriginalDefinition, level => level.TypeParameters);
        if (typeParameters.Count == 0)
        {
            _accessors.Add(accessor);
            return accessor.Method;
        }

        var holder = new GenericHolder(
            declaringType.Name + "Access",
            $"<{string.Join(", ", typeParameters.Select(parameter => parameter.Name))}>",
            new EquatableArray<string>(typeParameters.Select(Constraints).Where(clause => clause.Length > 0)));
        _accessors.Add(accessor with { Holder = holder });
        var arguments = GenericParameters(declaringType, level => level.TypeArguments).Select(TypeNames.Of);
        return $"{holder.Name}<{string.Join(", ", arguments)}>.{accessor.Method}";
    }

    // The runtime looks in no other type than that of the first parameter.
    private string Target(ISymbol definition) => $"{(type.IsValueType ? "ref " : "")}{TypeNames.WithoutNull(definition.ContainingType)} target";

    /// <summary>The name in Pascal case; of an explicitly implemented property the part behind the interface.</summary>
    private static string Stem(ISymbol member)
    {
        var name = member.Name.Substring(member.Name.LastIndexOf('.') + 1);
        var bare = name.TrimStart('_');
        var stem = bare.Length > 0 && char.IsLetter(bare[0]) ? Names.Capitalized(bare) : name;
        return stem.EndsWith(CodecNames.Suffix, StringComparison.Ordinal) ? stem + "Value" : stem;
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
