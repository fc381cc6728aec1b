using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Naming;

/// <summary>The names that what is generated for an interface may not have, because methods or parameters of the interface have them.</summary>
internal static class MemberNames
{
    public static HashSet<string> Of(INamedTypeSymbol client) => new(client.AllInterfaces.Insert(0, client)
        .SelectMany(static type => type.GetMembers())
        .OfType<IMethodSymbol>()
        .SelectMany(static method => method.Parameters.Select(static parameter => parameter.Name).Append(method.Name)));
}
