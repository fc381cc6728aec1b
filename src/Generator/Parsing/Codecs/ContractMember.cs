using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>A property or field which may be stored.</summary>
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

    /// <summary>It has a public getter or is a public field.</summary>
    public bool IsReadable { get; }

    /// <summary>It has a public setter, <c>init</c> included, or is a public field which is not readonly.</summary>
    public bool IsWritable { get; }

    public bool IsInitOnly => Symbol is IPropertySymbol { SetMethod.IsInitOnly: true };

    /// <summary>An attribute names its key, so it is stored even if nothing can set it.</summary>
    public bool IsExplicit { get; set; }

    public int Index { get; set; }

    public string Key { get; set; } = "";

    public bool IsSetByConstructor { get; set; }

    /// <summary>The member seen as something to store, or null if it is ignored or not public.</summary>
    public static ContractMember? Create(ISymbol symbol)
    {
        if (!IsCandidate(symbol))
        {
            return null;
        }

        var member = symbol switch
        {
            IPropertySymbol property => new ContractMember(property, property.Type, IsPublic(property.GetMethod), IsPublic(property.SetMethod)),
            IFieldSymbol field => new ContractMember(field, field.Type, IsPublic(field), IsPublic(field) && !field.IsReadOnly),
            _ => null,
        };
        return member is { IsReadable: true } or { IsWritable: true } ? member : null;
    }

    /// <summary>Whether the symbol is an instance property or field which somebody wrote, and which no attribute excludes.</summary>
    public static bool IsCandidate(ISymbol symbol) =>
        symbol is IPropertySymbol { IsIndexer: false, RefKind: RefKind.None } or IFieldSymbol { IsImplicitlyDeclared: false }
        && !symbol.IsStatic
        && !MessagePackAttributes.IsIgnored(symbol);

    private static bool IsPublic(ISymbol? symbol) => symbol is { DeclaredAccessibility: Accessibility.Public };
}
