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
            group = new Group(form, context.Keys.Count - 1, context.Prefix, context.Version, context.KeyPolicy);
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
        var shown = group.Uses.Find(static use => !use.IsBatch) ?? group.Uses[0];
        var stored = group.Uses.Find(static use => use.Codec is not null);
        var keeps = group.Uses.Where(static use => use.IsCounter || use.Effect is KeyEffect.Stores or KeyEffect.Creates).Select(static use => use.Options).ToList();
        var near = group.Uses.Max(static use => use.Options.Near.Duration);
        var stale = group.Uses.Where(static use => !use.IsCounter && use.Effect is KeyEffect.Stores or KeyEffect.Creates).Select(static use => use.Options.Stale).DefaultIfEmpty().Max();
        return new ContractKey(shown.Key.Text, client)
        {
            Methods = new EquatableArray<string>(group.Uses.Select(static use => use.Method).Distinct().OrderBy(static name => name, StringComparer.Ordinal)),
            Prefix = group.Prefix,
            Version = group.Version,
            Schema = shown.Parser.SchemaTag,
            Policy = group.Policy.ToString(),
            Arguments = new EquatableArray<ContractArgument>(Arguments(shown)),
            MaxLength = shown.Parser.MaxLength,
            Expires = Expires(keeps) is { } seconds ? Duration.Text(seconds) : null,
            Stale = stale > 0 ? Duration.Text(stale) : null,
            Near = near > 0 ? Duration.TextOfMilliseconds(near) : null,
            Tags = new EquatableArray<string>(group.Uses.SelectMany(static use => use.Tags).Distinct()),
            Codec = stored is not null ? shapes.CodecOf(stored.Codec!.Reference) : group.Uses.Exists(static use => use.IsCounter) ? ContractCodec.Counter : null,
            Value = stored is not null ? shapes.ValueOf(stored.Codec!) : null,
        };
    }

    // The longest: nothing lives on after it. One member that sets no limit is enough for none.
    private static long? Expires(List<OptionsModel> keeps) =>
        keeps.Count == 0 || keeps.Exists(static options => options.Expires is null) ? null : keeps.Max(static options => options.Expires);

    private static IEnumerable<ContractArgument> Arguments(ContractUse use)
    {
        var names = ContractPattern.Placeholders(use.Key.Text);
        var parts = use.Parser.Shape.Parts.OfType<ValueShapePart>();
        return parts.Zip(names, static (part, name) => new ContractArgument(name, KeyTypeNames.Of(part.Type))
        {
            Format = part.Format,
            Names = part.Enum is { } named ? new EquatableArray<string>(named.Names) : default,
        });
    }

    private sealed class Group(string form, int place, string prefix, int version, KeyPolicy policy)
    {
        public string Form { get; } = form;

        public int Place { get; } = place;

        public string Prefix { get; } = prefix;

        public int Version { get; } = version;

        public KeyPolicy Policy { get; } = policy;

        public List<ContractUse> Uses { get; } = [];
    }
}
