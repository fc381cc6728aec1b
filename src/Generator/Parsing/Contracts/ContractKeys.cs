using TypedCache.Generator.Contracts;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Keys;

namespace TypedCache.Generator.Parsing.Contracts;

/// <summary>Gathers the keys of one interface for the contract: members with the same key become one.</summary>
internal sealed class ContractKeys
{
    private readonly List<Group> _groups = [];

    /// <summary>Adds a member, whose template the interface has noted last.</summary>
    public void Add(ContractUse use, ClientContext context)
    {
        var form = ShapeForm.Of(use.Parser.Shape);
        var group = _groups.Find(group => group.Form == form);
        if (group is null)
        {
            group = new Group(form, context.Keys.Count - 1, context.Prefix, context.Version, context.KeyPolicy, context.Dialect);
            _groups.Add(group);
        }

        group.Uses.Add(use);
    }

    /// <summary>What the interface adds to the contract.</summary>
    /// <param name="client">The interface as code.</param>
    /// <param name="codecs">The codecs of its values.</param>
    public ClientContract Create(string client, IEnumerable<CodecModel> codecs)
    {
        var shapes = new ContractShapes(codecs);
        var keys = new EquatableArray<ContractKey>(_groups.Select(group => CreateKey(group, ContractShapes.Bare(client), shapes)));
        return new ClientContract(keys, shapes.Shapes, new EquatableArray<int>(_groups.Select(static group => group.Place)));
    }

    private static ContractKey CreateKey(Group group, string client, ContractShapes shapes)
    {
        // In an order that does not depend on that of the code.
        var uses = group.Uses.OrderBy(static use => use.IsBatch).ThenBy(static use => use.Method, StringComparer.Ordinal).ToList();
        var shown = uses[0];
        var stored = uses.Find(static use => use.Codec is not null && Stores(use)) ?? uses.Find(static use => use.Codec is not null);
        var isCounter = uses.Exists(static use => use.IsCounter);
        var near = uses.Max(static use => use.Options.Near.Duration);
        var stale = uses.Where(Stores).Select(static use => use.Options.Stale).DefaultIfEmpty().Max();
        return new ContractKey(PatternOf(shown), client)
        {
            Methods = new EquatableArray<string>(uses.Select(static use => use.Method).Distinct().OrderBy(static name => name, StringComparer.Ordinal)),
            Prefix = group.Prefix,
            Version = group.Version,
            Schema = shown.Parser.SchemaTag,
            Policy = group.Policy.ToString(),
            Arguments = new EquatableArray<ContractArgument>(Arguments(shown)),
            MaxLength = uses.Exists(static use => use.Parser.MaxLength is null) ? null : uses.Max(static use => use.Parser.MaxLength),
            Expires = Expires([.. uses.Where(static use => use.IsCounter || Stores(use)).Select(static use => use.Options)]) is { } seconds ? Duration.Text(seconds) : null,
            Stale = stale > 0 ? Duration.Text(stale) : null,
            Near = near > 0 ? Duration.TextOfMilliseconds(near) : null,
            Tags = new EquatableArray<string>(Tags(uses)),
            IsAppended = uses.Exists(static use => use.Effect == KeyEffect.Appends),
            Dialect = isCounter || stored is null || group.Dialect == CacheDialect.Any ? null : group.Dialect.ToString(),
            Codec = isCounter ? ContractCodec.Counter : stored is null ? null : shapes.CodecOf(stored.Codec!.Reference),
            Value = isCounter || stored is null ? null : shapes.ValueOf(stored.Codec!),
        };
    }

    private static bool Stores(ContractUse use) => !use.IsCounter && use.Effect is KeyEffect.Stores or KeyEffect.Creates;

    // What stands in front of the template is text, whatever is in it.
    private static string PatternOf(ContractUse use) =>
        ContractPattern.Doubled(use.Key.Text.Substring(0, use.Key.Text.Length - use.Key.Label.Length)) + use.Key.Label;

    // Members can call what is in a tag differently.
    private static IEnumerable<string> Tags(List<ContractUse> uses) => uses
        .SelectMany(static use => use.Tags)
        .GroupBy(ContractPattern.WithoutNames, StringComparer.Ordinal)
        .Select(static tags => tags.First())
        .OrderBy(static tag => tag, StringComparer.Ordinal);

    // The longest: nothing lives on after it. One member that sets no limit is enough for none.
    private static long? Expires(List<OptionsModel> keeps) =>
        keeps.Count == 0 || keeps.Exists(static options => options.Expires is null) ? null : keeps.Max(static options => options.Expires);

    private static IEnumerable<ContractArgument> Arguments(ContractUse use)
    {
        var names = ContractPattern.Placeholders(PatternOf(use));
        var parts = use.Parser.Shape.Parts.OfType<ValueShapePart>();
        return parts.Zip(names, static (part, name) => new ContractArgument(name, SimpleTypeNames.Of(part.Type))
        {
            Format = part.Format == KeyFormat.Default(part.Type) ? null : part.Format,
            Names = part.Enum is { } named ? new EquatableArray<string>(named.Names) : default,
        });
    }

    private sealed class Group(string form, int place, string prefix, int version, KeyPolicy policy, CacheDialect dialect)
    {
        public string Form { get; } = form;

        public int Place { get; } = place;

        public string Prefix { get; } = prefix;

        public int Version { get; } = version;

        public KeyPolicy Policy { get; } = policy;

        public CacheDialect Dialect { get; } = dialect;

        public List<ContractUse> Uses { get; } = [];
    }
}
