using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Codecs.Contracts;

internal static class RequiredMembers
{
    /// <summary>Whether C# would ask for an object initializer after a call of the constructor.</summary>
    public static bool AreLeftBy(IMethodSymbol constructor)
    {
        if (MessagePackAttributes.Find(constructor, "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute") is not null)
        {
            return false;
        }

        for (var level = constructor.ContainingType; level is not null; level = level.BaseType)
        {
            if (level.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            {
                return true;
            }
        }

        return false;
    }
}
