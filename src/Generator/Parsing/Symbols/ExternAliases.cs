using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>The assemblies that a project reaches by <c>extern alias</c>: <c>global::</c> does not name their types, or names others.</summary>
internal static class ExternAliases
{
    // An assembly's symbol is all that the text of a type has at hand.
    private static readonly ConditionalWeakTable<IAssemblySymbol, string> ByAssembly = new();
    private static volatile bool _areUsed;

    /// <summary>Whether a project has any.</summary>
    public static bool AreUsed => _areUsed;

    /// <summary>Finds the aliases of a project, of each assembly one.</summary>
    public static IReadOnlyList<string> Find(Compilation compilation)
    {
        var aliases = new List<string>();
        foreach (var reference in compilation.References)
        {
            if (reference.Properties.Aliases is { IsDefaultOrEmpty: false } all
                && all.FirstOrDefault(static alias => alias != "global") is { } alias
                && compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly)
            {
                _areUsed = true;
                aliases.Add(ByAssembly.GetValue(assembly, _ => alias));
            }
        }

        return [.. aliases.Distinct()];
    }

    /// <summary>What stands for <c>global</c> in front of a type.</summary>
    public static string RootOf(ISymbol? symbol) =>
        symbol?.ContainingAssembly is { } assembly && ByAssembly.TryGetValue(assembly, out var alias) ? TypeText.Identifier(alias) : "global";
}
