using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Codecs.Contracts;

/// <summary>A property or field that may be stored.</summary>
internal sealed class ContractMember
{
    private ContractMember(ISymbol symbol, ITypeSymbol type, bool isReadable, bool isWritable)
    {
        Symbol = symbol;
        Type = type;
        IsReadable = isReadable;
        IsWritable = isWritable;
    }

    public ISymbol Symbol { get; }

    public ITypeSymbol Type { get; }

    /// <summary>It has a getter that counts or is a field.</summary>
    public bool IsReadable { get; }

    /// <summary>It has a setter that counts, <c>init</c> included, or is a field that can be set.</summary>
    public bool IsWritable { get; }

    public bool IsInitOnly => Symbol is IPropertySymbol { SetMethod.IsInitOnly: true };

    /// <summary>An attribute names its key, so it is stored even if nothing can set it.</summary>
    public bool IsExplicit { get; set; }

    public int Index { get; set; }

    public string Key { get; set; } = "";

    public bool IsSetByConstructor { get; set; }

    /// <summary>The member seen as something to store, or null if it is ignored or does not count.</summary>
    /// <param name="symbol">The member.</param>
    /// <param name="visibility">What counts of it.</param>
    public static ContractMember? Create(ISymbol symbol, MemberVisibility visibility)
    {
        if (!IsCandidate(symbol))
        {
            return null;
        }

        // Where private members count, so do readonly fields.
        var member = symbol switch
        {
            IPropertySymbol property => new ContractMember(property, property.Type, visibility.Includes(property.GetMethod), visibility.Includes(property.SetMethod)),
            IFieldSymbol field => new ContractMember(
                field, field.Type, visibility.Includes(field), visibility.Includes(field) && (visibility.AllowsPrivate || !field.IsReadOnly)),
            _ => null,
        };
        return member is { IsReadable: true } or { IsWritable: true } ? member : null;
    }

    /// <summary>Whether the symbol is an instance property or field that somebody wrote, and which no attribute excludes.</summary>
    public static bool IsCandidate(ISymbol symbol) =>
        symbol is IPropertySymbol { IsIndexer: false, RefKind: RefKind.None } or IFieldSymbol { IsImplicitlyDeclared: false }
        && !symbol.IsStatic
        && symbol is not IPropertySymbol { Name: "EqualityContract", ContainingType: { IsRecord: true, TypeKind: TypeKind.Class } }
        && !MessagePackAttributes.IsIgnored(symbol);
}
