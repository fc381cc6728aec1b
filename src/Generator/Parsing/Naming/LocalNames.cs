using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Naming;

/// <summary>Names of local variables after members, none twice and none like the codec's own variables.</summary>
internal sealed class LocalNames
{
    private readonly HashSet<string> _taken = new(["reader", "result", "count", "index", "key"], StringComparer.Ordinal);

    public string Take(string member) => TakeSimple(Simple(member));

    /// <summary>The name of the variable that says that there is a value for a member.</summary>
    public string TakeFlag(string member)
    {
        var name = Simple(member);
        return TakeSimple("has" + Names.Capitalized(name));
    }

    private string TakeSimple(string member)
    {
        var name = member.Length == 0 ? "member" : Names.Uncapitalized(member);
        while (name.EndsWith(CodecNames.Suffix, StringComparison.Ordinal) || !_taken.Add(name))
        {
            name += "Value";
        }

        return TypeText.Identifier(name);
    }

    // An explicitly implemented property has the interface in its name, and a field often an underscore.
    private static string Simple(string member)
    {
        var name = member.Substring(member.LastIndexOf('.') + 1);
        var bare = name.TrimStart('_');
        return bare.Length > 0 && char.IsLetter(bare[0]) ? bare : name;
    }
}
