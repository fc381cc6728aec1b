using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Naming;

/// <summary>Names of local variables after members, none twice and none like the codec's own variables.</summary>
internal sealed class LocalNames
{
    private readonly HashSet<string> _taken = new(["reader", "result", "count", "index", "key"], StringComparer.Ordinal);

    public string Take(string member) => TakeSimple(Simple(member));

    /// <summary>The name of the variable which says that there is a value for a member.</summary>
    public string TakeFlag(string member)
    {
        var name = Simple(member);
        return TakeSimple("has" + char.ToUpperInvariant(name[0]) + name.Substring(1));
    }

    private string TakeSimple(string member)
    {
        var name = char.ToLowerInvariant(member[0]) + member.Substring(1);
        while (!_taken.Add(name))
        {
            name += "Value";
        }

        return TypeText.Identifier(name);
    }

    // An explicitly implemented property has the interface in its name.
    private static string Simple(string member) => member.Substring(member.LastIndexOf('.') + 1);
}
