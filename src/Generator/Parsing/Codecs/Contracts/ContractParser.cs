using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Contracts;

/// <summary>
/// Finds the members that are stored and their keys, by the rules of MessagePack's <c>ObjectSerializationInfo</c>: <c>[Key]</c> for
/// annotated types, <c>[DataMember]</c> for data contracts, and names for all others.
/// </summary>
internal sealed class ContractParser(Compilation compilation, INamedTypeSymbol type)
{
    private readonly List<ContractMember> _members = [];
    private bool _keyedByName = true;
    private CodecRefusal? _refusal;
    private bool _allowsPrivate;

    /// <summary>The contract of a class or struct that is not abstract, or null and what stands in the way.</summary>
    public static Contract? Parse(INamedTypeSymbol type, Compilation compilation, out CodecRefusal? refusal)
    {
        var parser = new ContractParser(compilation, type);
        var contract = parser.Parse();
        refusal = parser._refusal;
        return contract;
    }

    private Contract? Parse()
    {
        var annotation = MessagePackAttributes.FindInherited(type, MessagePackAttributes.Object);
        var isDataContract = annotation is null && MessagePackAttributes.Find(type, MessagePackAttributes.DataContract) is not null;
        var isByName = annotation is null ? !isDataContract : annotation.ConstructorArguments is [{ Value: true }];
        _allowsPrivate = annotation is not null && MessagePackAttributes.Argument<bool>(annotation, "AllowPrivate");
        if (_allowsPrivate && !CheckPrivateMembersAreKnown())
        {
            return null;
        }

        var visibility = new MemberVisibility(type, _allowsPrivate, isByName);
        var isCollected = isByName ? CollectByName(visibility) : CollectByKey(visibility, isDataContract);
        return isCollected ? Complete(annotation is null && !isDataContract) : null;
    }

    private Contract? Complete(bool isUnannotated)
    {
        var ordered = _keyedByName
            ? _members.OrderBy(DataMemberOrder).ToList()
            : _members.OrderBy(member => member.Index).ToList();
        var matcher = new ConstructorMatcher(compilation, _keyedByName, _allowsPrivate, _keyedByName ? _members : ordered);
        if (!matcher.TryMatch(type, out var constructor, out var arguments, out var mismatch))
        {
            _refusal = new CodecRefusal(mismatch!, CodecRefusalKind.NoConstructor);
            return null;
        }

        foreach (var argument in arguments)
        {
            argument.IsSetByConstructor = true;
        }

        var stored = ordered.Where(member => member.IsExplicit || member.IsSetByConstructor || member.IsWritable).ToList();
        if (isUnannotated && stored.Count == 0 && _members.Count > 0)
        {
            Refuse($"nothing of '{TypeNames.InMessage(type)}' would be stored: none of its public members can be set; "
                + "give them setters, or add a constructor with parameters of the same names");
            return null;
        }

        if (isUnannotated && stored.Count == 0 && IsPartial())
        {
            Refuse($"'{TypeNames.InMessage(type)}' is partial and shows no members; those that another generator adds are not visible while code is "
                + "generated: name a codec with [assembly: CacheCodec(typeof(T), typeof(TheCodec))]");
            return null;
        }

        return new Contract(_keyedByName, stored, constructor, arguments);
    }

    private bool IsPartial() => type.DeclaringSyntaxReferences
        .Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));

    private bool CollectByName(MemberVisibility visibility)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in MemberOrder.ForNames(type).Select(symbol => ContractMember.Create(symbol, visibility)).OfType<ContractMember>())
        {
            if (!names.Add(member.Symbol.MetadataName))
            {
                return Refuse($"'{Describe(member.Symbol)}' hides a member of its base type; add [IgnoreMember] to one of them");
            }

            member.Key = member.Symbol.MetadataName;
            _members.Add(member);
        }

        return true;
    }

    private bool CollectByKey(MemberVisibility visibility, bool isDataContract)
    {
        _keyedByName = false;
        var isFirst = true;
        foreach (var symbol in MemberOrder.ForKeys(type))
        {
            var key = isDataContract ? DataMemberKey(symbol) : MessagePackKey(symbol);
            if (ContractMember.Create(symbol, visibility) is not { } member)
            {
                if (key is not null && ContractMember.IsCandidate(symbol))
                {
                    return Refuse($"'{Describe(symbol)}' has a key but is not public; make it public, set AllowPrivate in [MessagePackObject], or add [IgnoreMember]");
                }

                continue;
            }

            if (key is null)
            {
                if (isDataContract)
                {
                    continue;
                }

                return Refuse($"'{Describe(symbol)}' has neither [Key] nor [IgnoreMember]");
            }

            if (isFirst)
            {
                _keyedByName = key is string;
                isFirst = false;
            }

            if (!Add(member, key))
            {
                return false;
            }
        }

        return true;
    }

    private bool Add(ContractMember member, object key)
    {
        if (key is string != _keyedByName)
        {
            return Refuse($"'{Describe(member.Symbol)}' has a {(key is string ? "string" : "number")} as its key, but other members do not; use one kind");
        }

        member.IsExplicit = true;
        member.Key = key as string ?? "";
        member.Index = key as int? ?? 0;
        if (member.Index < 0)
        {
            return Refuse($"'{Describe(member.Symbol)}' has the key {member.Index}; keys start at 0");
        }

        var other = _members.FirstOrDefault(existing => existing.Key == member.Key && existing.Index == member.Index);
        if (other is null)
        {
            _members.Add(member);
            return true;
        }

        // The base property is already there; calling it calls the override.
        return IsOverrideOf(member.Symbol, other.Symbol)
            || Refuse($"'{Describe(member.Symbol)}' has the same key as '{Describe(other.Symbol)}': {key}", CodecRefusalKind.SharedKey);
    }

    private static bool IsOverrideOf(ISymbol symbol, ISymbol other)
    {
        for (var property = symbol as IPropertySymbol; property is not null; property = property.OverriddenProperty)
        {
            if (SymbolEqualityComparer.Default.Equals(property, other))
            {
                return true;
            }
        }

        return false;
    }

    // The compiler shows no private members of other assemblies, and reference assemblies have none.
    private bool CheckPrivateMembersAreKnown()
    {
        var foreign = MemberOrder.Levels(type).FirstOrDefault(level => !SymbolEqualityComparer.Default.Equals(level.ContainingAssembly, compilation.Assembly));
        return foreign is null
            || Refuse($"'{TypeNames.InMessage(type)}' has AllowPrivate, but the private members of '{TypeNames.InMessage(foreign)}' are not visible "
                + $"outside '{foreign.ContainingAssembly.Name}'; write an ICacheCodec for it and name it in [CacheCodec]");
    }

    private static object? MessagePackKey(ISymbol symbol) =>
        MessagePackAttributes.FindInherited(symbol, MessagePackAttributes.Key)?.ConstructorArguments is [{ Value: { } key }] ? key : null;

    private static object? DataMemberKey(ISymbol symbol)
    {
        if (MessagePackAttributes.FindInherited(symbol, MessagePackAttributes.DataMember) is not { } data)
        {
            return null;
        }

        return Order(data) is { } order and not -1 ? order : MessagePackAttributes.Argument<string>(data, "Name") ?? symbol.Name;
    }

    private static int DataMemberOrder(ContractMember member) =>
        MessagePackAttributes.FindInherited(member.Symbol, MessagePackAttributes.DataMember) is { } data ? Order(data) ?? -1 : int.MaxValue;

    private static int? Order(AttributeData data) =>
        data.NamedArguments.Any(pair => pair.Key == "Order") ? MessagePackAttributes.Argument<int>(data, "Order") : null;

    private static string Describe(ISymbol symbol) => $"{TypeNames.InMessage(symbol.ContainingType)}.{symbol.Name}";

    private bool Refuse(string reason, CodecRefusalKind kind = CodecRefusalKind.Other)
    {
        _refusal = new CodecRefusal(reason, kind);
        return false;
    }
}
