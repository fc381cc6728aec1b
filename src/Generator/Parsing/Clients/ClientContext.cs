using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Codecs;
using TypedCache.Generator.Parsing.Contracts;
using TypedCache.Generator.Parsing.Dialects;
using TypedCache.Generator.Parsing.Keys;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Near;
using TypedCache.Generator.Parsing.Options;
using TypedCache.Generator.Parsing.Symbols;
using TypedCache.Generator.Parsing.Tags;

namespace TypedCache.Generator.Parsing.Clients;

/// <summary>What the members of one interface share while they are parsed.</summary>
internal sealed class ClientContext
{
    /// <summary>Prepares the parsing.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="client">The interface.</param>
    /// <param name="clientLocation">Its name in the source.</param>
    public ClientContext(Compilation compilation, INamedTypeSymbol client, Location clientLocation)
    {
        Compilation = compilation;
        Client = client;
        ClientLocation = clientLocation;
        Types = KnownTypes.Of(compilation);
        Names = new ClientNames(compilation.GetCompilationNamespace(client.ContainingNamespace), client);
        Codecs = new CodecParser(compilation, Names);
        Enums = new KeyEnums(Names);
        CodecFields = new CodecFields(Names);
        SharedValues = new SharedValues(compilation, Diagnostics);
        TaggedCodecs = new TaggedCodecs(Names);
    }

    /// <summary>The project.</summary>
    public Compilation Compilation { get; }

    /// <summary>The interface.</summary>
    public INamedTypeSymbol Client { get; }

    /// <summary>The interface's name in the source; where mistakes are reported that have no source of their own.</summary>
    public Location ClientLocation { get; }

    public KnownTypes Types { get; }

    /// <summary>The names of what is generated.</summary>
    public ClientNames Names { get; }

    public CodecParser Codecs { get; }

    public KeyEnums Enums { get; }

    public CodecFields CodecFields { get; }

    public DiagnosticCollector Diagnostics { get; } = new();

    /// <summary>The templates of the interface, to be matched against those of all others.</summary>
    public KeyUses Keys { get; } = new();

    public KeyMethods KeyMethods { get; } = new();

    public TemplateFields TemplateFields { get; } = new();

    public KeyFunctions KeyFunctions { get; } = new();

    public SchemaTags SchemaTags { get; } = new();

    /// <summary>The keys as the contract has them.</summary>
    public ContractKeys Contract { get; } = new();

    public ClientTags Tags { get; } = new();

    public TaggedCodecs TaggedCodecs { get; }

    /// <summary>The value types, to be checked against the dialect.</summary>
    public DialectValues Values { get; } = new();

    /// <summary>Which other clients share the values.</summary>
    public CacheDialect Dialect { get; set; }

    /// <summary>Whether keys have a fingerprint of their values' shape where the method does not say.</summary>
    public bool Schema { get; set; }

    /// <summary>The text in front of all keys.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The version in all keys; 0 for none.</summary>
    public int Version { get; set; }

    /// <summary>Prefix and version with their colons: what all keys begin with.</summary>
    public string KeyStart { get; set; } = "";

    /// <summary>The member of the runtime's <c>KeyPolicy</c>.</summary>
    public KeyPolicy KeyPolicy { get; set; }

    /// <summary>The options of methods that do not set them.</summary>
    public OptionsModel Options { get; set; } = new();

    public OptionsFields<OptionsModel> OptionsFields { get; } = new("Options");

    public OptionsFields<NearModel> NearFields { get; } = new("Near");

    public OptionsFields<NearIndexModel> NearIndexes { get; } = new("Index");

    /// <summary>Which values all callers can share.</summary>
    public SharedValues SharedValues { get; }

    /// <summary>
    /// Whether generated code can use a type, which is in a file of its own, outside all types; reports it where it cannot.
    /// </summary>
    public bool CheckUsable(ITypeSymbol type, Location location)
    {
        foreach (var part in Reach.Parts(type))
        {
            if (part.TypeKind == TypeKind.Error)
            {
                Diagnostics.Report(Rules.TypeUnknown, location, TypeText.Message(part));
                return false;
            }

            if (Compilation.FindOwnObstacle(part) is { } obstacle)
            {
                Diagnostics.Report(Rules.NotAccessible, location, TypeText.Message(part), obstacle);
                return false;
            }
        }

        return true;
    }

    /// <summary>Why generated code cannot use a type; null where it can.</summary>
    public string? FindAccessObstacle(ITypeSymbol type) => Compilation.FindObstacle(type);

    /// <summary>Whether the project sees a member: an internal one of another assembly it may not.</summary>
    public bool Sees(ISymbol member) => Compilation.Reaches(member);

    /// <summary>Where a symbol is declared; the interface's name for one of another assembly.</summary>
    public Location LocationOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(static location => location.IsInSource) ?? ClientLocation;
}
