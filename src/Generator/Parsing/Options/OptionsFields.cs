using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Naming;

namespace TypedCache.Generator.Parsing.Options;

/// <summary>Gathers the options of one interface. Equal ones share a static field, which is named after what it is for.</summary>
internal sealed class OptionsFields
{
    private readonly List<(OptionsModel Options, List<string> Nouns)> _uses = [];

    /// <summary>Adds the options of a member.</summary>
    /// <param name="options">The options.</param>
    /// <param name="noun">What the member's name says of the value; empty where it says nothing.</param>
    public void Add(OptionsModel options, string noun)
    {
        var nouns = _uses.Find(use => use.Options == options).Nouns;
        if (nouns is null)
        {
            nouns = [];
            _uses.Add((options, nouns));
        }

        if (noun.Length > 0 && !nouns.Contains(noun))
        {
            nouns.Add(noun);
        }
    }

    /// <summary>The fields: options of one noun are named after it, those of several are shared.</summary>
    /// <param name="names">All names of the file.</param>
    public EquatableArray<OptionsField> Create(ClientNames names) =>
        new(_uses.Select(use => new OptionsField(names.TakeMember(FieldName(use.Nouns)), use.Options)));

    private static string FieldName(List<string> nouns) => nouns switch
    {
        [] => "_options",
        [var only] => $"_{Names.Uncapitalized(only)}Options",
        _ => "_sharedOptions",
    };
}
