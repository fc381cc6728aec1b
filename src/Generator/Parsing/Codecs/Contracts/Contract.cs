using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Codecs.Contracts;

/// <summary>What of an object is stored, and how it is made again.</summary>
/// <param name="KeyedByName">A map by name; otherwise an array by number.</param>
/// <param name="Members">In the order in which they are written.</param>
/// <param name="Constructor">The constructor to call, or null for the default value of a struct.</param>
/// <param name="Arguments">The member that each constructor parameter takes.</param>
internal sealed record Contract(
    bool KeyedByName,
    IReadOnlyList<ContractMember> Members,
    IMethodSymbol? Constructor,
    IReadOnlyList<ContractMember> Arguments);
