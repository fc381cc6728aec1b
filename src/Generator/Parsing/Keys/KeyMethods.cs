using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Naming;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>Gathers the keys of one interface. Those that the same code writes share a method, which is named after what they are for.</summary>
internal sealed class KeyMethods
{
    private const string NameWithoutSubject = "Cache";
    private const string TagSuffix = "Tag";

    private readonly List<Use> _uses = [];

    /// <summary>Adds the key of a member.</summary>
    /// <param name="key">The key.</param>
    /// <param name="template">Its template.</param>
    /// <param name="noun">What the member's name says of the value.</param>
    /// <param name="isAppended">Whether the key is appended to a writer that is there already.</param>
    public void Add(KeyModel key, KeyTemplate template, string noun, bool isAppended)
    {
        if (!key.IsConstant)
        {
            Find(key, template, noun, "Key").IsAppended |= isAppended;
        }
    }

    /// <summary>Adds a tag.</summary>
    /// <param name="key">The key of the tag.</param>
    /// <param name="template">Its template.</param>
    /// <param name="noun">What the name of the method that invalidates it says; empty where none does.</param>
    /// <param name="isAdded">Whether it is added to the tags of a value.</param>
    /// <param name="isOfValue">Whether it is made of the value itself.</param>
    public void AddTag(KeyModel key, KeyTemplate template, string noun, bool isAdded, bool isOfValue)
    {
        if (key.IsConstant)
        {
            return;
        }

        var use = Find(key, template, noun, TagSuffix);
        use.IsAdded |= isAdded;
        use.IsOnlyOfValue &= isOfValue;
    }

    private Use Find(KeyModel key, KeyTemplate template, string noun, string suffix)
    {
        var use = _uses.Find(other => other.Key.IsWrittenLike(key));
        if (use is null)
        {
            use = new Use(key, template, suffix);
            _uses.Add(use);
        }

        use.Nouns.Add(noun);
        return use;
    }

    /// <summary>The methods, in the order in which their keys were added.</summary>
    /// <param name="names">All names of the file.</param>
    public EquatableArray<KeyMethodModel> Create(ClientNames names)
    {
        var (own, signatures) = (new HashSet<string>(), new HashSet<string>());
        return new EquatableArray<KeyMethodModel>(_uses.Select(use => Create(use, TakeName(use, names, own, signatures))));
    }

    private static KeyMethodModel Create(Use use, string name)
    {
        var parameters = use.Key.Parameters.Select(static parameter => parameter.Name).ToList();
        return new KeyMethodModel(
            name, use.Key, Names.Unique("buffer", parameters), Names.Unique("maxLength", parameters), Names.KeyWriter(parameters), use.IsAppended || (use.IsAdded && !use.IsOnlyOfValue) ? AppendName(name) : null)
        {
            AddName = use.IsAdded ? AddName(name) : null,
            TagsName = Names.Unique("tags", parameters),
            IsOnlyAdded = use.IsAdded && use.IsOnlyOfValue,
        };
    }

    // Keys of one subject are overloads, as long as their parameters tell them apart.
    private static string TakeName(Use use, ClientNames names, HashSet<string> own, HashSet<string> signatures)
    {
        var name = Subject(use);
        var parameters = string.Join(", ", use.Key.Parameters.Select(static parameter => TypeWithoutArguments(parameter.Type)));
        for (var number = 1; ; number++)
        {
            var numbered = number == 1 ? name : FormattableString.Invariant($"{name}{number}");
            var isFree = own.Contains(numbered) || (!names.IsTaken(numbered) && !names.IsTaken(AppendName(numbered)) && !(use.IsAdded && names.IsTaken(AddName(numbered))));
            if (isFree && signatures.Add($"{numbered}({parameters})"))
            {
                own.Add(numbered);
                names.Add(numbered);
                names.Add(AppendName(numbered));
                if (use.IsAdded)
                {
                    names.Add(AddName(numbered));
                }

                return numbered;
            }
        }
    }

    private static string AppendName(string name) => "Append" + name;

    private static string AddName(string name) => "Add" + name;

    // What a member's name says comes first, then what the template says.
    private static string Subject(Use use) => use.Nouns
        .Append(string.Concat(use.Template.Segments.OfType<LiteralSegment>().Select(static literal => literal.Text + " ")))
        .Select(Names.Words)
        .Where(SyntaxFacts.IsValidIdentifier)
        .Select(words => words.EndsWith(use.Suffix, StringComparison.Ordinal) ? words : words + use.Suffix)
        .FirstOrDefault() ?? NameWithoutSubject + use.Suffix;

    // Tuples whose items have other names, and objects that are dynamic, make no other signature; so nothing inside a type counts.
    private static string TypeWithoutArguments(string type) => type.Split('<', '(', '[', '?')[0];

    private sealed class Use(KeyModel key, KeyTemplate template, string suffix)
    {
        public KeyModel Key { get; } = key;

        public KeyTemplate Template { get; } = template;

        public string Suffix { get; } = suffix;

        public List<string> Nouns { get; } = [];

        public bool IsAppended { get; set; }

        public bool IsAdded { get; set; }

        public bool IsOnlyOfValue { get; set; } = true;
    }
}
