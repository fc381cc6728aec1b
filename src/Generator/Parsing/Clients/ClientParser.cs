using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Dialects;
using TypedCache.Generator.Parsing.Keys;
using TypedCache.Generator.Parsing.Methods;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Options;
using TypedCache.Generator.Parsing.Symbols;
using TypedCache.Generator.Parsing.Tags;

namespace TypedCache.Generator.Parsing.Clients;

/// <summary>Reads one interface with <c>[CacheClient]</c>.</summary>
internal sealed class ClientParser
{
    private readonly ClientContext _context;
    private readonly SemanticModel _model;
    private readonly INamedTypeSymbol _client;
    private readonly InterfaceDeclarationSyntax _syntax;
    private readonly AttributeData _data;
    private readonly AttributeReader _attribute;
    private readonly List<MethodModel> _methods = [];
    private readonly List<EntryModel> _entries = [];
    private readonly List<TagOperationModel> _tagOperations = [];
    private readonly List<KeyShape> _methodShapes = [];
    private readonly List<KeyShape> _entryShapes = [];
    private readonly List<string> _methodNouns = [];
    private readonly List<string> _entryNouns = [];
    private long? _tagNear;

    private ClientParser(SemanticModel model, INamedTypeSymbol client, InterfaceDeclarationSyntax syntax, AttributeData attribute)
    {
        _model = model;
        _client = client;
        _syntax = syntax;
        _context = new ClientContext(model.Compilation, client, syntax.Identifier.GetLocation());
        _data = attribute;
        _attribute = new AttributeReader(attribute, _context.ClientLocation);
    }

    /// <summary>Parses an interface; null for one that is none of a client, and for a part that repeats the attribute.</summary>
    public static ParsedClient? Parse(InterfaceDeclarationSyntax syntax, SemanticModel model, CancellationToken cancellation) =>
        Find(syntax, model, cancellation)?.Parse(cancellation);

    /// <summary>Reads no more of an interface than its keys, and reports what has no greatest length there; nothing for one that is none of a client.</summary>
    public static IReadOnlyList<Finding> FindUnboundedKeys(InterfaceDeclarationSyntax syntax, SemanticModel model, CancellationToken cancellation)
    {
        if (Find(syntax, model, cancellation) is not { } parser)
        {
            return [];
        }

        parser._context.KeyPolicy = parser.ReadKeyPolicy();
        foreach (var member in parser.MembersToImplement().OfType<IMethodSymbol>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (parser.IsWithoutBody(member))
            {
                parser.ReportUnboundedKey(member);
            }
        }

        return [.. parser._context.Diagnostics.Findings.Where(static finding => ReferenceEquals(finding.Rule, Rules.LengthUnbounded))];
    }

    private static ClientParser? Find(InterfaceDeclarationSyntax syntax, SemanticModel model, CancellationToken cancellation)
    {
        var client = model.GetDeclaredSymbol(syntax, cancellation)!;
        var attribute = client.GetAttributes().FirstOrDefault(static attribute =>
            attribute.AttributeClass is { } type && TypeNames.Is(type, RuntimeNames.CacheClientAttribute));
        return attribute?.ApplicationSyntaxReference is { } place && place.SyntaxTree == syntax.SyntaxTree && syntax.AttributeLists.Span.Contains(place.Span)
            ? new ClientParser(model, client, syntax, attribute)
            : null;
    }

    private ParsedClient Parse(CancellationToken cancellation)
    {
        if (!CheckLanguage() || !CheckInterface())
        {
            return new ParsedClient(null, _context.Diagnostics.Findings, _context.Keys.Uses, _context.Keys.Places);
        }

        ReadOptions();
        if (UsesSchema())
        {
            var first = new ClientParser(_model, _client, _syntax, _data);
            first.ReadOptions();
            first.ParseMembers(cancellation);
            _context.SchemaTags.Take(first._context.SchemaTags, first._context.Codecs.Codecs);
        }

        ParseMembers(cancellation);
        _context.Values.Check(_context);
        CompleteTags();
        LeaveUncompressed();
        NameNear();
        CheckFailSafe();
        CheckNearRevalidate();
        return new ParsedClient(CreateModel(), _context.Diagnostics.Findings, _context.Keys.Uses, _context.Keys.Places)
        {
            Contract = _context.Diagnostics.BlocksGeneration ? null : _context.Contract.Create(TypeText.Code(_client), _context.Codecs.Codecs),
        };
    }

    private bool UsesSchema() => _context.Schema || MembersToImplement().Any(member =>
        FindKeyAttribute(member) is { } attribute && new AttributeReader(attribute, _context.ClientLocation).Named("Schema") is true);

    private void ParseMembers(CancellationToken cancellation)
    {
        foreach (var member in MembersToImplement())
        {
            cancellation.ThrowIfCancellationRequested();
            ParseMember(member);
        }
    }

    // Methods can be declared in front of what they depend on.
    private void CompleteTags()
    {
        _context.Tags.ChooseNames(_context);
        for (var i = 0; i < _tagOperations.Count; i++)
        {
            _tagOperations[i] = _tagOperations[i] with { IsOfValue = _context.Tags.IsOfValue(_tagOperations[i].Tag) };
        }

        for (var i = 0; i < _methods.Count; i++)
        {
            if (_methods[i] is { Operation: CacheOperation.Get, Tagged: { } tagged } method)
            {
                _methods[i] = method with { Tagged = tagged with { ServesInvalidated = _context.Keys.IsStale(_methodShapes[i]) ?? method.Options.Stale > 0 } };
            }
        }

        if (_tagNear is not null && !_context.Tags.HasTags && !_context.Diagnostics.BlocksGeneration)
        {
            _context.Diagnostics.Report(Rules.OptionUseless, _attribute.NamedLocation(TagNear.Name), TagNear.Name, _client.Name, "none of its members has [CacheTag] and a key", "remove it");
        }
    }

    // What Append or Prepend adds to a compressed value would destroy it.
    private void LeaveUncompressed()
    {
        for (var i = 0; i < _methods.Count; i++)
        {
            if (_methods[i].Codec is { } codec && Operations.Effect(_methods[i].Operation) is KeyEffect.Stores or KeyEffect.Creates && _context.Keys.IsAppendedTo(_methodShapes[i]))
            {
                _methods[i] = _methods[i] with { Codec = _context.CodecFields.GetUncompressed(codec) };
            }
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Codec is { } codec && _context.Keys.IsAppendedTo(_entryShapes[i]))
            {
                _entries[i] = _entries[i] with { Codec = _context.CodecFields.GetUncompressed(codec) };
            }
        }
    }

    // What only reads a key learns from the others when its values are stale.
    private void NameNear()
    {
        for (var i = 0; i < _methods.Count; i++)
        {
            if (_methods[i] is { Operation: CacheOperation.Get, Options.Near: { IsOn: true, Stale: 0 } near } method)
            {
                _methods[i] = method with { Options = method.Options with { Near = near with { Stale = _context.Keys.FindStale(_methodShapes[i]) } } };
            }

            AddNear(_methods[i].Options, _methodNouns[i]);
            AddIndex(i);
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            AddNear(_entries[i].Options, _entryNouns[i]);
        }
    }

    private void AddIndex(int method)
    {
        if (NearIndexModel.Of(_methods[method]) is { } index)
        {
            string[] taken = [.. _methods[method].Parameters.Select(static parameter => parameter.Name)];
            _methods[method] = _methods[method] with { Index = index, NearName = Names.Unique("near", taken), KeyName = Names.KeyWriter(taken) };
            _context.NearIndexes.Add(index, _methodNouns[method]);
        }
    }

    private void AddNear(OptionsModel? options, string noun)
    {
        if (options is { Near: { IsOn: true } near })
        {
            _context.NearFields.Add(near, noun);
        }
    }

    // Only all members together show that the interface's own NearRevalidate has no use at all.
    private void CheckNearRevalidate()
    {
        var options = _methods.Select(static method => method.Options).Concat(_entries.Select(static entry => entry.Options).OfType<OptionsModel>());
        if (_context.Options.Near is { IsOn: false, Revalidate: > 0 } near && !options.Any(static one => one.Near.IsOn) && !_context.Diagnostics.BlocksGeneration)
        {
            new NearParser(_context, _client.Name, _attribute).ReportRevalidateAlone(near);
        }
    }

    // Only all members together show that the interface's own FailSafe has no use at all.
    private void CheckFailSafe()
    {
        var stale = _methods.Where(static method => method.Create is not null).Select(static method => method.Options.Stale)
            .Concat(_entries.Where(static entry => entry.Codec is not null).Select(static entry => entry.Options?.Stale ?? 0))
            .ToList();
        if (_context.Options.FailSafe > 0 && stale.Count > 0 && stale.TrueForAll(static seconds => seconds == 0) && !_context.Diagnostics.BlocksGeneration)
        {
            new OptionsParser(_context, _client.Name, _attribute).ReportFailSafeWithoutStale();
        }
    }

    private ClientModel CreateModel()
    {
        var isComplete = !_context.Diagnostics.BlocksGeneration;
        return new ClientModel(
            HintName(),
            TypeText.Code(_client.ContainingNamespace),
            new EquatableArray<string>(Containers().Reverse().Select(static type => $"partial {Keyword(type)} {TypeText.TypeIdentifier(type.Name)}")),
            TypeText.TypeIdentifier(_client.Name),
            TypeText.Code(_client),
            _context.Names.TakeClass(Names.Implementation(_client.Name)),
            _context.KeyPolicy.ToString(),
            isComplete,
            isComplete ? new EquatableArray<MethodModel>(_methods) : EquatableArray<MethodModel>.Empty,
            isComplete ? new EquatableArray<EntryModel>(_entries) : EquatableArray<EntryModel>.Empty,
            isComplete
                ? new EquatableArray<OptionsField>(_context.OptionsFields.Create(_context.Names).Select(static field => new OptionsField(field.Name, field.Options)))
                : EquatableArray<OptionsField>.Empty,
            isComplete ? _context.TemplateFields.Create(_context.Names) : EquatableArray<TemplateField>.Empty,
            isComplete ? _context.KeyMethods.Create(_context.Names) : EquatableArray<KeyMethodModel>.Empty,
            isComplete ? _context.Enums.Models : EquatableArray<KeyEnumModel>.Empty,
            KeyFunctions.FindClassName(_model, _client, _syntax.OpenBraceToken.SpanStart),
            isComplete ? _context.KeyFunctions.Functions : EquatableArray<KeyFunctionModel>.Empty,
            isComplete ? _context.Codecs.Codecs : default)
        {
            Near = isComplete
                ? new EquatableArray<NearField>(_context.NearFields.Create(_context.Names).Select(static field => new NearField(field.Name, field.Options)))
                : EquatableArray<NearField>.Empty,
            NearIndexes = isComplete
                ? new EquatableArray<NearIndexField>(_context.NearIndexes.Create(_context.Names).Select(static field => new NearIndexField(field.Name, field.Options)))
                : EquatableArray<NearIndexField>.Empty,
            ExternAliases = new EquatableArray<string>(_context.Types.ExternAliases.Select(TypeText.Identifier)),
            Dialect = _context.Dialect,
            PoolName = _context.Names.TakeMember("_pool"),
            TaggedCodecs = isComplete ? _context.TaggedCodecs.Fields : EquatableArray<TaggedCodecField>.Empty,
            TagOptions = isComplete && _context.Tags.HasTags
                ? new TagOptionsModel(_context.Names.TakeMember("_tagOptions"), _context.Names.TakeMember("_staleTagOptions"), _tagNear)
                : null,
            TagOperations = isComplete ? new EquatableArray<TagOperationModel>(_tagOperations) : EquatableArray<TagOperationModel>.Empty,
        };
    }

    // Older compilers of C# would report each line of what is generated.
    private bool CheckLanguage()
    {
        if (_syntax.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 and var version })
        {
            return true;
        }

        _context.Diagnostics.Report(Rules.LanguageTooOld, _context.ClientLocation, _client.Name, version.ToDisplayString());
        return false;
    }

    private bool CheckInterface()
    {
        var diagnostics = _context.Diagnostics;
        if (!_syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            diagnostics.Report(Rules.InterfaceNotPartial, _context.ClientLocation, _client.Name);
        }

        foreach (var container in Containers().Where(static type => !IsPartial(type)))
        {
            diagnostics.Report(Rules.ContainerNotPartial, _context.LocationOf(container), container.Name, _client.Name, Keyword(container));
        }

        if (Containers().Append(_client).FirstOrDefault(static type => type.Arity > 0) is { } generic)
        {
            diagnostics.Report(Rules.Generic, _context.ClientLocation, generic.Name);
        }
        else
        {
            _context.CheckUsable(_client, _context.ClientLocation);
        }

        if (_client.GetAttributes().FirstOrDefault(attribute => _context.Types.IsCodecAttribute(attribute.AttributeClass)) is { } codec)
        {
            diagnostics.Report(Rules.AttributeConflict, new AttributeReader(codec, _context.ClientLocation).Location, "[CacheCodec]", _client.Name,
                "has no effect, because a client is not a value: put it on the methods");
        }

        return !diagnostics.BlocksGeneration;
    }

    private void ReadOptions()
    {
        _context.Options = new OptionsParser(_context, _client.Name, _attribute).Parse();
        new NearParser(_context, _client.Name, _attribute).CheckDefaults(_context.Options);
        _tagNear = TagNear.Read(_context, _attribute);
        _context.Schema = _attribute.Named("Schema") is true;
        _context.KeyPolicy = ReadKeyPolicy();
        _context.Dialect = ReadDialect();
        _context.Codecs.HasDates = DialectForms.HasDates(_context.Dialect);
        var prefix = _attribute.Text ?? "";
        var forbidden = KeyText.IndexOfForbidden(prefix, _context.KeyPolicy);
        if (forbidden >= 0)
        {
            _context.Diagnostics.Report(
                Rules.CharacterNotAllowed, _attribute.LocationInText(forbidden, 1), KeyText.Describe(prefix[forbidden]), "prefix");
        }

        var version = _attribute.Named("Version") as int? ?? 0;
        if (version < 0)
        {
            _context.Diagnostics.Report(
                Rules.AttributeConflict, _attribute.NamedLocation("Version"), "Version", _client.Name, "is negative: write 0 for none, or 1 or more");
        }

        _context.Prefix = prefix;
        _context.Version = Math.Max(version, 0);
        _context.KeyStart = (prefix.Length > 0 ? prefix + ":" : "") + (version > 0 ? FormattableString.Invariant($"v{version}:") : "");
    }

    private KeyPolicy ReadKeyPolicy() => (KeyPolicy)ReadMember("KeyPolicy", nameof(KeyPolicy), byDefault: (int)KeyPolicy.Escape, last: (int)KeyPolicy.Reject);

    private CacheDialect ReadDialect() => (CacheDialect)ReadMember("Dialect", nameof(CacheDialect), byDefault: (int)CacheDialect.Any, last: (int)CacheDialect.Plain);

    // The members of both enumerations are numbered from the default on.
    private int ReadMember(string name, string type, int byDefault, int last)
    {
        var value = _attribute.Named(name) as int? ?? byDefault;
        if (value >= byDefault && value <= last)
        {
            return value;
        }

        _context.Diagnostics.Report(
            Rules.AttributeConflict, _attribute.NamedLocation(name), name, _client.Name, $"does not exist: set it to a member of {type}");
        return byDefault;
    }

    // Static members and bodies are nobody's but their own.
    private IEnumerable<ISymbol> MembersToImplement() => _client.AllInterfaces.Insert(0, _client)
        .Where(type => !_context.Types.IsClientInterface(type))
        .SelectMany(static type => type.GetMembers())
        .Where(static member => member is not INamedTypeSymbol and not IMethodSymbol { MethodKind: not MethodKind.Ordinary })
        .Where(member => IsWithoutBody(member) || (IsMarked(member) && IsOwn(member)));

    private bool IsMarked(ISymbol member) => FindKeyAttribute(member) is not null || TagAttributes.Of(_context, member).Count > 0;

    // A derived interface can give a base member a body, and can take it away again.
    private bool IsWithoutBody(ISymbol member) =>
        _client.FindImplementationForInterfaceMember(member) is null or { IsAbstract: true } && (member.IsAbstract || member.IsVirtual);

    private bool IsOwn(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingType, _client);

    private void ParseMember(ISymbol member)
    {
        var attribute = FindKeyAttribute(member) is { } data ? new AttributeReader(data, _context.ClientLocation) : null;
        var tags = TagAttributes.Of(_context, member);
        var hasBody = !IsWithoutBody(member);
        var obstacle = (member, attribute) switch
        {
            (not IMethodSymbol, _) => "only methods can be; make it a method or give it a body",
            _ when !_context.Sees(member) => "it is not visible here; make it public, or make the internals of its assembly visible to this one",
            ({ IsStatic: true }, _) => "static members cannot be; make it an instance method",
            (_, null) when tags.Count == 0 => "add [CacheKey(\"...\")], or give it a body",
            _ => null,
        };
        if (obstacle is null && !hasBody)
        {
            ParseMethod((IMethodSymbol)member, attribute, tags);
        }
        else if (hasBody)
        {
            _context.Diagnostics.Report(Rules.AttributeConflict, (attribute ?? tags[0]).Location, attribute is null ? "[CacheTag]" : "[CacheKey]", member.Name,
                "is never used, because the method has a body: remove one of them");
        }
        else if (IsOwn(member))
        {
            _context.Diagnostics.Report(Rules.NoOperation, _context.LocationOf(member), member.Name, obstacle!);
        }
        else
        {
            _context.Diagnostics.Report(Rules.BaseMemberWithoutOperation, _context.ClientLocation,
                _client.Name, $"{member.ContainingType.Name}.{member.Name}", obstacle!);
        }
    }

    private void ParseMethod(IMethodSymbol method, AttributeReader? attribute, IReadOnlyList<AttributeReader> tags)
    {
        if (attribute is null)
        {
            if (new TagOperationParser(_context, method, tags).Parse() is { } operation)
            {
                _tagOperations.Add(operation);
            }
        }
        else if (_context.Types.EntryKindOf(method.ReturnType) is { } kind)
        {
            var parser = new EntryParser(_context, method, attribute, kind);
            if (parser.Parse() is { } entry)
            {
                _entries.Add(entry);
                _entryShapes.Add(parser.Shape!);
                _entryNouns.Add(parser.Noun);
            }
        }
        else
        {
            var parser = new MethodParser(_context, method, attribute);
            if (parser.Parse() is { } model)
            {
                _methods.Add(model);
                _methodShapes.Add(parser.Shape);
                _methodNouns.Add(parser.Noun);
            }
        }
    }

    private void ReportUnboundedKey(IMethodSymbol method)
    {
        if (FindKeyAttribute(method) is not { } data)
        {
            if (TagAttributes.Of(_context, method) is { Count: > 0 } tags)
            {
                new TagOperationParser(_context, method, tags).ReportUnboundedKey();
            }

            return;
        }

        var attribute = new AttributeReader(data, _context.ClientLocation);
        if (_context.Types.EntryKindOf(method.ReturnType) is { } kind)
        {
            new EntryParser(_context, method, attribute, kind).ReportUnboundedKey();
        }
        else
        {
            new MethodParser(_context, method, attribute).ReportUnboundedKey();
        }
    }

    private AttributeData? FindKeyAttribute(ISymbol member) =>
        member.GetAttributes().FirstOrDefault(attribute => _context.Types.IsKeyAttribute(attribute.AttributeClass));

    private IEnumerable<INamedTypeSymbol> Containers()
    {
        for (var type = _client.ContainingType; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    private IEnumerable<string> Namespaces()
    {
        for (var space = _client.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            yield return space.Name;
        }
    }

    private string HintName()
    {
        var types = string.Join("+", Containers().Reverse().Append(_client).Select(static type => type.MetadataName));
        return string.Join(".", Namespaces().Reverse().Append(types)) + ".g.cs";
    }

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };
}
