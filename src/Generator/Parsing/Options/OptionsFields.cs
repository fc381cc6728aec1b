using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Naming;

namespace TypedCache.Generator.Parsing.Options;

/// <summary>Gathers the options of one interface. Equal ones share a static field, which is named after what it is for.</summary>
internal sealed class OptionsFields
{
    private readonly List<(OptionsModel Options, List<string> Nouns)> _uses = [];

    /// <summary>Adds the options of a member.</summary>
    /// <param name="options">The options.</param>
    /// <param name="noun">What the member's name says of the value.</param>
    public void Add(OptionsModel options, string noun)
    {
        var known = _uses.Find(use => use.Options == options).Nouns;
        if (known is null)
        {
            _uses.Add((options, [noun]));
        }
        else if (!known.Contains(noun))
        {
            known.Add(noun);
        }
    }

    /// <summary>The fields: options of one noun are named after it, those of several are shared.</summary>
    /// <param name="taken">Names which would hide them.</param>
    public EquatableArray<OptionsField> Create(IEnumerable<string> taken)
    {
        var names = new HashSet<string>(taken);
        var fields = new List<OptionsField>();
        foreach (var (options, nouns) in _uses)
        {
            var name = Names.Unique(nouns is [var only] ? FieldName(only) : "_sharedOptions", names);
            names.Add(name);
            fields.Add(new OptionsField(name, options));
        }

        return new EquatableArray<OptionsField>(fields);
    }

    private static string FieldName(string noun) =>
        noun.Length == 0 ? "_options" : $"_{char.ToLowerInvariant(noun[0])}{noun.Substring(1)}Options";
}
