using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Codecs;
using TypedCache.Generator.Parsing.Codecs.Contracts;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Near;

/// <summary>
/// Looks for something in a value that can change. What is a struct is copied where it is read, so that only what its fields refer to
/// counts. Where the compiler cannot tell, something can.
/// </summary>
internal sealed class ImmutabilityCheck(Compilation compilation)
{
    private readonly CodecAttributes _codecs = CodecAttributes.Of(compilation);
    private readonly Stack<ValuePart> _open = new();
    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ITypeSymbol> _seenCustom = new(SymbolEqualityComparer.Default);

    /// <summary>The first part that can change, in the order of the declarations; null where none can.</summary>
    /// <param name="type">The type of the value.</param>
    /// <param name="isCustom">Whether its codec is written by hand.</param>
    public MutablePart? FindMutablePart(ITypeSymbol type, bool isCustom)
    {
        _open.Push(new ValuePart(type, isCustom));
        while (_open.Count > 0)
        {
            var part = _open.Pop();
            if ((part.IsCustom ? _seenCustom : _seen).Add(part.Type) && Check(part) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private MutablePart? Check(ValuePart part) => part.Type switch
    {
        _ when TypeSize.IsEndless(part.Type) => OfType(part),
        INamedTypeSymbol named when KnownImmutability.Marked(named) is { } isImmutable => isImmutable ? null : MarkedMutable(part),
        INamedTypeSymbol named when KnownImmutability.Includes(named) => Open(named.TypeArguments.Select(argument => Inside(part, argument, member: null))),
        INamedTypeSymbol named when !part.IsCustom && !HasCodec(named) && UnionSubTypes(named) is { Length: > 0 } subTypes =>
            Open(subTypes.Select(subType => Inside(part, subType, part.Member) with { Owner = part.Owner })),
        { TypeKind: TypeKind.Enum } => null,
        INamedTypeSymbol { TypeKind: TypeKind.Struct } named => new MemberCheck(compilation, part, named).Find(out var members) ?? Open(members),
        INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: not SpecialType.System_Object } named => CheckClass(part, named),
        _ => OfType(part),
    };

    // A codec that is generated makes exactly what it is of; one of somebody else can make what is derived from it.
    private MutablePart? CheckClass(ValuePart part, INamedTypeSymbol type)
    {
        if (!type.IsSealed && (part.IsCustom || HasCodec(type)))
        {
            return IsOwn(type)
                ? new MutablePart($"'{part.Path}' can be of a class derived from '{part.Name}', which its codec decides", $"seal '{part.Name}'")
                : OfType(part);
        }

        var all = new List<ValuePart>();
        for (var level = type; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            switch (KnownImmutability.Marked(level))
            {
                case true:
                    return Open(all);
                case false:
                    return MarkedMutable(part with { Type = level });
            }

            if (!IsOwn(level) && !level.IsRecord)
            {
                return OfType(part);
            }

            if (new MemberCheck(compilation, part, level).Find(out var members) is { } found)
            {
                return found;
            }

            all.AddRange(members);
        }

        return Open(all);
    }

    // The first is looked at first.
    private MutablePart? Open(IEnumerable<ValuePart> parts)
    {
        foreach (var part in parts.Reverse())
        {
            _open.Push(part.IsCustom || !HasCodec(part.Type) ? part : part with { IsCustom = true });
        }

        return null;
    }

    private static ValuePart Inside(ValuePart owner, ITypeSymbol type, string? member) => new(type, owner.IsCustom, owner, member);

    private MutablePart OfType(ValuePart part)
    {
        var visible = Visible(part);
        var fix = KnownImmutability.Replacement(visible.Type);
        return visible is { Member: not null, Owner: { } owner }
            ? new MutablePart($"'{visible.Path}' is of type '{visible.Name}', which can change", fix + OrMark(Visible(owner).Type))
            : new MutablePart($"'{visible.Name}' can change", fix + OrMark(visible.Type));
    }

    private static MutablePart MarkedMutable(ValuePart part) =>
        new($"'{part.Name}' has [ImmutableObject(false)]", "remove it if nothing in the type can change");

    private static ValuePart Visible(ValuePart part)
    {
        while (part is { IsHidden: true, Owner: { } owner })
        {
            part = owner;
        }

        return part;
    }

    private string OrMark(ITypeSymbol type) => type is INamedTypeSymbol named && IsOwn(named) ? MutablePart.OrMark(named) : "";

    private bool IsOwn(INamedTypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);

    private bool HasCodec(ITypeSymbol type) => _codecs.Find(type) is not null;

    private static ITypeSymbol[] UnionSubTypes(INamedTypeSymbol type) =>
    [
        .. MessagePackAttributes.FindAll(type, MessagePackAttributes.Union)
            .Select(static attribute => attribute.ConstructorArguments is [_, { Value: ITypeSymbol subType }] ? subType : null)
            .OfType<ITypeSymbol>(),
    ];
}
