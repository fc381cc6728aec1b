using TypedCache.Generator.Parsing.Naming;

namespace TypedCache.Generator.Parsing.Options;

/// <summary>Gathers the options of one interface. Equal ones share a static field, which is named after what it is for.</summary>
/// <param name="name">What the fields are called behind that.</param>
internal sealed class OptionsFields<TOptions>(string name)
    where TOptions : class, IEquatable<TOptions>
{
    private readonly List<(TOptions Options, List<string> Nouns)> _uses = [];

    /// <summary>Adds the options of a member.</summary>
    /// <param name="options">The options.</param>
    /// <param name="noun">What the member's name says of the value; empty where it says nothing.</param>
    public void Add(TOptions options, string noun)
    {
        var nouns = _uses.Find(use => use.Options.Equals(options)).Nouns;
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
    public IEnumerable<(string Name, TOptions Options)> Create(ClientNames names) =>
        _uses.Select(use => (names.TakeMember(FieldName(use.Nouns)), use.Options));

    private string FieldName(List<string> nouns) => nouns switch
    {
        [] => $"_{Names.Uncapitalized(name)}",
        [var only] => $"_{Names.Uncapitalized(only)}{name}",
        _ => $"_shared{name}",
    };
}
