namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Names of local variables after members, none twice and none like the codec's own variables.</summary>
internal sealed class LocalNames
{
    private readonly HashSet<string> _taken = new(["reader", "result", "count", "index", "key"], StringComparer.Ordinal);

    public string Take(string member)
    {
        var name = char.ToLowerInvariant(member[0]) + member.Substring(1);
        while (!_taken.Add(name))
        {
            name += "Value";
        }

        return TypeNames.Identifier(name);
    }

    /// <summary>The name of the variable which says that there is a value for a member.</summary>
    public string TakeFlag(string member) => Take("has" + char.ToUpperInvariant(member[0]) + member.Substring(1));
}
