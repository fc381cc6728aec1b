using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Parsing.Symbols;
using TypedCache.Generator.Parsing.ValueObjects;

namespace TypedCache.Generator.Parsing.Near;

/// <summary>
/// Looks for a field of one class or struct that can be set, and gathers what the others hold. Of a class of another assembly the private
/// fields are not known; that a record has any is not assumed.
/// </summary>
/// <param name="compilation">The project.</param>
/// <param name="part">The part of the value that has the fields.</param>
/// <param name="type">Its type, or a base type of it.</param>
internal sealed class MemberCheck(Compilation compilation, ValuePart part, INamedTypeSymbol type)
{
    private readonly bool _isClass = type.TypeKind == TypeKind.Class;
    private readonly bool _isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
    private readonly bool _isForeignClass = type.TypeKind == TypeKind.Class && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
    private readonly List<ValuePart> _members = [];

    /// <summary>A field that can be set, or something like it; null where there is none.</summary>
    /// <param name="members">What the fields hold, in the order of their declaration.</param>
    public MutablePart? Find(out IReadOnlyList<ValuePart> members)
    {
        members = _members;
        AddAnnounced();
        return type.GetMembers().Where(static member => !member.IsStatic).Select(Check).FirstOrDefault(static found => found is not null) ?? CheckParts();
    }

    private MutablePart? Check(ISymbol member) => member switch
    {
        IFieldSymbol { AssociatedSymbol: IPropertySymbol property } field when !_isForeignClass => CheckProperty(property, field),
        IFieldSymbol { IsImplicitlyDeclared: true, Name: ['<', .. var parameter, '>', 'P'] } field when _isOwn => CheckCaptured(parameter, field.Type),
        IFieldSymbol field => CheckField(field),
        IPropertySymbol property when IsSeenByProperty(property) => CheckProperty(property, field: null),
        IEventSymbol => new MutablePart($"'{part.PathTo(member.Name)}' is an event", "remove it" + OrMark()),
        _ => null,
    };

    private MutablePart? CheckField(IFieldSymbol field)
    {
        if (_isForeignClass && !IsVisible(field))
        {
            return null;
        }

        if (_isClass && !field.IsReadOnly)
        {
            return new MutablePart($"'{part.PathTo(field.Name)}' is not readonly", "make it readonly" + OrMark());
        }

        // The names of private fields of others mean nothing to people.
        Add(field.Type, _isOwn || IsVisible(field) ? field.Name : null);
        return null;
    }

    // The compiler calls it <name>P.
    private MutablePart? CheckCaptured(string parameter, ITypeSymbol held)
    {
        if (_isClass)
        {
            return new MutablePart($"'{part.Path}' keeps '{parameter}' of its constructor, which it can set", "copy it to a readonly field" + OrMark());
        }

        Add(held, parameter);
        return null;
    }

    // A getter that is written by hand can set the field behind it.
    private MutablePart? CheckProperty(IPropertySymbol property, IFieldSymbol? field)
    {
        var (mistake, fix) = property.SetMethod is { IsInitOnly: false } ? ("can be set", "write init instead of set")
            : field is { IsReadOnly: false } ? ("has a field that its getter can set", "let the compiler write the getter")
            : _isForeignClass && HasFieldOnly(property) ? ("may have a private setter in its assembly", "give it init there")
            : default;
        if (_isClass && mistake is not null)
        {
            return new MutablePart($"'{part.PathTo(property.Name)}' {mistake}", fix + OrMark());
        }

        Add(property.Type, property.Name);
        return null;
    }

    // The field behind it is not seen: another generator writes it, or it is in another assembly.
    private bool IsSeenByProperty(IPropertySymbol property) => _isOwn
        ? property is { IsPartialDefinition: true, PartialImplementationPart: null }
        : _isForeignClass && IsVisible(property) && property is { IsIndexer: false, Name: not "EqualityContract" };

    // Another generator makes the field, so that only an attribute tells of it.
    private void AddAnnounced()
    {
        if (_isOwn && GeneratedValueObjects.Find(type, compilation) is { } announced)
        {
            Add(announced.Inside, GeneratedValueObjects.ValueName);
        }
    }

    // Whether another part of the type keeps a parameter is not read again while somebody types there, so that each counts as kept.
    private MutablePart? CheckParts() => type is { IsRecord: false, DeclaringSyntaxReferences.Length: > 1 }
        ? PrimaryParameters().Select(parameter => CheckCaptured(parameter.Name, parameter.Type)).FirstOrDefault(static found => found is not null)
        : null;

    private IEnumerable<IParameterSymbol> PrimaryParameters() => type.InstanceConstructors
        .Where(static constructor => constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is TypeDeclarationSyntax)
        .SelectMany(static constructor => constructor.Parameters);

    private void Add(ITypeSymbol member, string? name) => _members.Add(new ValuePart(member, part.IsCustom, part, name) { IsHidden = name is null });

    private string OrMark() => _isOwn ? MutablePart.OrMark(type) : "";

    // The compiler wrote the getter of a field. Metadata does not show private setters.
    private static bool HasFieldOnly(IPropertySymbol property) => property is { SetMethod: null, GetMethod: { } getter }
        && getter.GetAttributes().Any(static attribute => attribute.AttributeClass is { } found && TypeNames.Is(found, "System.Runtime.CompilerServices.CompilerGeneratedAttribute"));

    private static bool IsVisible(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
