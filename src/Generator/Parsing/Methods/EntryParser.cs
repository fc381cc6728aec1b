using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Codecs;
using TypedCache.Generator.Parsing.Contracts;
using TypedCache.Generator.Parsing.Keys;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Options;
using TypedCache.Generator.Parsing.Symbols;
using TypedCache.Generator.Parsing.Tags;

namespace TypedCache.Generator.Parsing.Methods;

/// <summary>Reads one method that gives an entry, a counter or a set of entries.</summary>
internal sealed class EntryParser(ClientContext context, IMethodSymbol method, AttributeReader attribute, EntryKind kind)
{
    private readonly IParameterSymbol? _item = FindItem(method, kind);
    private readonly NearParser _near = new(context, method.Name, attribute);

    /// <summary>Which keys the template can give, once there is a model.</summary>
    public KeyShape? Shape { get; private set; }

    /// <summary>What the method's name says of one value, once there is a model.</summary>
    public string Noun { get; private set; } = "";

    /// <summary>The method's model; null where something was reported with which none can be made.</summary>
    public EntryModel? Parse()
    {
        var key = new KeyParser(context, method, attribute, _item);
        if (!CheckOperation() | !CheckTags() | !Signature.Check(context, method) || !key.ReadTemplate() || !CheckItem(key.Sources))
        {
            return null;
        }

        ReportUnused(key.Sources);
        var taken = new HashSet<string>(method.Parameters.Select(static parameter => parameter.Name));
        if (_item is not null)
        {
            taken.Add(_item.Name);
        }

        var model = key.Build();
        var value = ValueType();
        var codec = FindCodec(value);
        if (codec is not null || value is null)
        {
            context.SchemaTags.Note(key.Template!, codec?.Reference);
        }

        if (model is null || (codec is null && value is not null))
        {
            return null;
        }

        Shape = key.Shape;
        var options = ReadOptions(value, codec);
        Noun = kind == EntryKind.CacheEntrySet ? Names.FindSingular(method.Name) ?? method.Name : method.Name;
        context.TemplateFields.Add(context.Prefix, model, Noun);
        context.KeyMethods.Add(model, key.Template!, Noun, isAppended: _item is not null);
        context.KeyFunctions.Add(method, Noun, model, key.Sources, key.Arguments);
        context.Keys.Add(
            method,
            key.FullTemplate,
            key.Shape,
            key.Sources,
            value is null ? StoredValues.Counter : StoredValues.Of(context, value, codec!.Reference),
            value is not null && (options.Stale > 0 || options.Expires is not null) ? options.Stale : null,
            value is null ? null : _near.Agreed(options.Near),
            value is null ? KeyEffect.None : KeyEffect.Stores,
            attribute.ArgumentLocation,
            TagRole.Refuses);
        context.Contract.Add(
            new ContractUse(method.Name, model, key, codec, value is null, value is null ? KeyEffect.None : KeyEffect.Stores, options, [], IsBatch: false), context);
        if (HasOptions(options))
        {
            context.OptionsFields.Add(options, Noun);
        }

        return new EntryModel(
            TypeText.Identifier(method.Name),
            Signature.ExplicitInterface(context, method),
            kind,
            TypeText.Code(method.ReturnType),
            Signature.Parameters(method),
            new EquatableArray<string>(method.Parameters.Where(static parameter => parameter.Type.IsReferenceType).Select(static parameter => TypeText.Identifier(parameter.Name))),
            model,
            _item is null ? null : new ParameterModel(TypeText.Code(_item.Type), _item.Name),
            Names.KeyWriter(taken),
            new ExpiryModel(options.Expires, Parameter: null, ExpiryParameterType.None, options.Jitter),
            codec,
            value is not null && TypeText.IsAnnotated(value),
            HasOptions(options) ? options : null);
    }

    /// <summary>Reads no more of the method than its key, and reports what has no greatest length there.</summary>
    public void ReportUnboundedKey()
    {
        var key = new KeyParser(context, method, attribute, _item);
        if (key.ReadTemplate())
        {
            key.Build();
            key.ReportUnbounded();
        }
    }

    private bool HasOptions(OptionsModel options) => kind != EntryKind.CacheCounter && !options.IsOnlyExpiry;

    private OptionsModel ReadOptions(ITypeSymbol? value, MethodCodec? codec)
    {
        var parser = new OptionsParser(context, method.Name, attribute);
        var options = parser.Parse();
        if (!parser.HasMistakes)
        {
            parser.ReportUnused($"a {kind}", value is null ? [OptionNames.Jitter] : OptionNames.All);
        }

        if (parser.HasMistakes || value is null)
        {
            return options with { Near = NearModel.None };
        }

        var near = _near.Parse(options, options.Expires, value, codec?.Reference, Signature.ReturnLocation(context, method));
        return parser.CheckCreating(options, value, codec?.Reference) with { Near = near };
    }

    // A set is asked for one of its entries by an indexer, whose parameter is what the template can name.
    private static IParameterSymbol? FindItem(IMethodSymbol method, EntryKind kind) => kind == EntryKind.CacheEntrySet
        ? method.ReturnType.GetMembers().OfType<IPropertySymbol>().Single(static member => member.IsIndexer).Parameters[0]
        : null;

    private bool CheckOperation()
    {
        if (attribute.Named("Operation") is null)
        {
            return true;
        }

        context.Diagnostics.Report(
            Rules.AttributeConflict, attribute.NamedLocation("Operation"), "Operation", method.Name, $"has no effect, because a {kind} has all operations: remove it");
        return false;
    }

    private bool CheckTags()
    {
        if (TagAttributes.Of(context, method) is not [var tag, ..])
        {
            return true;
        }

        context.Diagnostics.Report(
            Rules.TagsNotSupported, tag.Location, method.Name, $"a {kind} does not ask for the versions of tags", "write methods for the operations that you need");
        return false;
    }

    private bool CheckItem(IReadOnlyCollection<KeySource> sources)
    {
        if (_item is null || sources.Any(source => SymbolEqualityComparer.Default.Equals(source.Parameter, _item)))
        {
            return true;
        }

        context.Diagnostics.Report(
            Rules.ParameterMissing, attribute.ArgumentLocation, method.Name, "the part that distinguishes its entries", $"write {{{_item.Name}}} into the template");
        return false;
    }

    private void ReportUnused(IReadOnlyCollection<KeySource> sources)
    {
        foreach (var parameter in method.Parameters.Where(parameter => !sources.Any(source => SymbolEqualityComparer.Default.Equals(source.Parameter, parameter))))
        {
            context.Diagnostics.Report(Rules.ParameterUnused, context.LocationOf(parameter), parameter.Name, method.Name, kind.ToString());
        }
    }

    private ITypeSymbol? ValueType() => kind == EntryKind.CacheCounter ? null : ((INamedTypeSymbol)method.ReturnType).TypeArguments.Last();

    private MethodCodec? FindCodec(ITypeSymbol? value)
    {
        var codecs = new ValueCodecs(context, method);
        if (value is not null)
        {
            return codecs.Find(value, parameter: null);
        }

        codecs.ReportWithoutValue();
        return null;
    }
}
