using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Contracts;

/// <summary>
/// Chooses the constructor as MessagePack does: the one with <c>[SerializationConstructor]</c>, or of those that count that with the most
/// parameters of which each finds a member; by position in the order of number keys, or by name regardless of case.
/// </summary>
/// <param name="compilation">The project.</param>
/// <param name="keyedByName">Whether parameters are matched by name.</param>
/// <param name="allowsPrivate">Whether all constructors count, or the public ones alone.</param>
/// <param name="members">In the order of their number keys, or as declared.</param>
internal sealed class ConstructorMatcher(Compilation compilation, bool keyedByName, bool allowsPrivate, IReadOnlyList<ContractMember> members)
{
    /// <summary>Finds the constructor; null means the default value of a struct.</summary>
    public bool TryMatch(
        INamedTypeSymbol type, out IMethodSymbol? constructor, out IReadOnlyList<ContractMember> arguments, out string? reason)
    {
        constructor = null;
        arguments = [];
        reason = null;
        var candidates = Candidates(type);
        if (candidates.Count == 0)
        {
            reason = type.IsValueType ? null : $"'{TypeNames.InMessage(type)}' has no public constructor";
            return reason is null;
        }

        string? mismatch = null;
        foreach (var candidate in candidates)
        {
            if (Match(candidate, ref mismatch) is not { } matched)
            {
                continue;
            }

            // A struct without arguments starts from its default value, whatever a parameterless constructor would do.
            constructor = type.IsValueType && matched.Count == 0 ? null : candidate;
            arguments = matched;
            return true;
        }

        reason = $"'{TypeNames.InMessage(type)}' has no constructor whose parameters match its stored members: {mismatch}";
        return false;
    }

    private List<IMethodSymbol> Candidates(INamedTypeSymbol type)
    {
        var declared = type.InstanceConstructors.Where(constructor => type.TypeKind == TypeKind.Class || !constructor.IsImplicitlyDeclared).ToList();
        var chosen = declared.Where(constructor => MessagePackAttributes.Find(constructor, MessagePackAttributes.Constructor) is not null).ToList();
        return chosen.Count > 0
            ? chosen
            : [.. declared.Where(constructor => allowsPrivate || constructor.DeclaredAccessibility == Accessibility.Public)
                .OrderByDescending(constructor => constructor.Parameters.Length)];
    }

    private List<ContractMember>? Match(IMethodSymbol constructor, ref string? mismatch)
    {
        var matched = new List<ContractMember>();
        if (!allowsPrivate && !compilation.Reaches(constructor))
        {
            mismatch ??= "the constructor with [SerializationConstructor] is not accessible; make it public or internal, or set AllowPrivate in [MessagePackObject]";
            return null;
        }

        foreach (var parameter in constructor.Parameters)
        {
            if (Find(parameter) is not { } member)
            {
                mismatch ??= keyedByName
                    ? $"no stored member has the name of parameter '{parameter.Name}'"
                    : $"parameter '{parameter.Name}' is number {parameter.Ordinal + 1}, but there are only {members.Count} stored members";
                return null;
            }

            if (!Fits(parameter, member))
            {
                mismatch ??= $"parameter '{parameter.Name}' cannot take '{member.Symbol.Name}', which is of type '{TypeNames.InMessage(member.Type)}'";
                return null;
            }

            matched.Add(member);
        }

        return matched;
    }

    private ContractMember? Find(IParameterSymbol parameter) => keyedByName
        ? members.FirstOrDefault(member => string.Equals(member.Key, parameter.Name, StringComparison.OrdinalIgnoreCase))
            ?? members.FirstOrDefault(member => string.Equals(member.Symbol.MetadataName, parameter.Name, StringComparison.OrdinalIgnoreCase))
        : members.ElementAtOrDefault(parameter.Ordinal);

    private bool Fits(IParameterSymbol parameter, ContractMember member)
    {
        var conversion = compilation.ClassifyCommonConversion(member.Type, parameter.Type);
        return member.IsReadable
            && parameter.RefKind == RefKind.None
            && (conversion.IsIdentity || (conversion.IsImplicit && (conversion.IsReference || (!conversion.IsUserDefined && member.Type.IsValueType && parameter.Type.IsReferenceType))));
    }
}
