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

/// <summary>Reads one method of a cache client.</summary>
internal sealed class MethodParser(ClientContext context, IMethodSymbol method, AttributeReader attribute)
{
    private readonly CacheOperation _operation = ReadOperation(method, attribute);
    private readonly KeyParser _key = new(context, method, attribute);
    private readonly MethodTags _tags = new(context, method, ReadOperation(method, attribute));

    /// <summary>Which keys the template can give, once there is a model.</summary>
    public KeyShape Shape => _key.Shape;

    /// <summary>What the method's name says of one value, once there is a model.</summary>
    public string Noun { get; private set; } = "";

    private Location MethodLocation => context.LocationOf(method);

    /// <summary>The method's model; null where something was reported with which none can be made.</summary>
    public MethodModel? Parse()
    {
        if (!CheckOperation() | !Signature.Check(context, method) || !(_key.ReadTemplate() & _tags.Read()) || !BatchSource.TryFind(context, _key.Sources, _operation, out var collection))
        {
            return null;
        }

        if (ParseReturn(collection) is not { } parsed)
        {
            return null;
        }

        var isBatch = collection is not null;
        var roles = ParameterRoles.Find(
            context.Types, method, _operation, [.. _key.Sources.Concat(_tags.Sources).Select(static source => (source.Parameter, source.IsWhole))], isBatch, parsed.CreatesCounter);
        ReportUnused(roles);
        ReportNotCancellable(roles);
        var create = _operation == CacheOperation.GetOrCreate
            ? new CreateParser(context, method, _key.Sources, _tags.Sources, parsed.Value!, collection).Parse(roles)
            : null;
        if (!CheckRoles(roles, isBatch) || (create is null && _operation == CacheOperation.GetOrCreate))
        {
            return null;
        }

        var taken = new HashSet<string>(method.Parameters.Select(static parameter => parameter.Name));
        var item = collection?.Item(taken);
        _key.OtherSources = [.. _tags.Sources];
        var key = _key.Build(item);
        var value = ValueType(roles, parsed, collection);
        var hasTags = _tags.Build(_key, item, value, parsed.WantsCacheValue);
        var codec = FindCodec(roles, parsed, collection);
        var reader = new MethodOptions(context, method, attribute, _operation);
        var options = reader.Read(roles, parsed, create, codec.Codec?.Reference);
        if (codec.Codec is not null || _operation is CacheOperation.Increment or CacheOperation.Decrement)
        {
            context.SchemaTags.Note(_key.Template!, codec.Codec?.Reference);
        }

        if (key is null || !hasTags || !codec.IsFound)
        {
            return null;
        }

        var expiry = ReadExpiry(roles, options);
        Noun = FindNoun(isBatch);
        context.TemplateFields.Add(context.Prefix, key, Noun);
        context.KeyMethods.Add(key, _key.Template!, Noun, isAppended: isBatch);
        context.KeyFunctions.Add(method, Noun, key, _key.Sources, _key.Arguments);
        context.Keys.Add(
            method,
            _key.FullTemplate,
            _key.Shape,
            _key.Sources,
            FindStored(roles, parsed, collection, codec.Codec),
            DependsOnStale(expiry) || options.Near.IsOn ? options.Stale : null,
            reader.Near,
            Operations.Effect(_operation),
            attribute.ArgumentLocation,
            TaggedOperations.RoleOf(_operation, isBatch, parsed.WantsCacheValue),
            _tags.AddToClient());
        context.Contract.Add(
            new ContractUse(
                method.Name, key, _key, codec.Codec, _operation is CacheOperation.Increment or CacheOperation.Decrement, Operations.Effect(_operation), options, _tags.Templates, isBatch),
            context);
        if (create is not null)
        {
            context.OptionsFields.Add(options, Noun);
        }

        var batch = item is null ? null : collection!.ToModel(item, [.. key.Parameters, .. _tags.Parameters], taken);
        var tagged = _tags.ToModel(codec.Codec, Noun, [.. taken, .. batch is null ? [] : new[] { batch.ItemName, batch.StateName, batch.WriterName }]);
        return new MethodModel(
            TypeText.Identifier(method.Name),
            Signature.ExplicitInterface(context, method),
            _operation,
            Signature.Parameters(method),
            key,
            new ArgumentsParser(context, method, _operation, roles, hasTags: tagged is not null).Parse(parsed, [.. _key.Sources, .. _tags.Sources], batch),
            expiry,
            parsed.ToModel(taken),
            codec.Codec,
            create,
            options)
        {
            Tagged = tagged,
        };
    }

    /// <summary>Reads no more of the method than its key, and reports what has no greatest length there.</summary>
    public void ReportUnboundedKey()
    {
        if (_key.ReadTemplate() && _tags.Read() && BatchSource.TryFind(context, _key.Sources, _operation, out var collection))
        {
            _key.Build(collection?.Item([.. method.Parameters.Select(static parameter => parameter.Name)]));
            _key.ReportUnbounded();
            ReportUnboundedTags(collection);
        }
    }

    private void ReportUnboundedTags(BatchSource? batch)
    {
        if (ReturnParser.Parse(context.Types, method.ReturnType, _operation, batch?.ItemType) is { } parsed
            && _tags.Build(_key, batch?.Item([.. method.Parameters.Select(static parameter => parameter.Name)]), parsed.Value ?? batch?.ValueType, parsed.WantsCacheValue))
        {
            _tags.ReportUnbounded();
        }
    }

    private static CacheOperation ReadOperation(IMethodSymbol method, AttributeReader attribute) =>
        attribute.Named("Operation") is int operation and not (int)CacheOperation.FromName
            ? (CacheOperation)operation
            : OperationVerbs.Find(method.Name);

    private bool CheckOperation()
    {
        if (_operation is > CacheOperation.FromName and <= CacheOperation.Invalidate)
        {
            return true;
        }

        var fix = attribute.Named("Operation") is null
            ? $"its name must start with {OperationVerbs.Choices}, or set Operation in [CacheKey]"
            : "set Operation to a member of CacheOperation";
        context.Diagnostics.Report(Rules.NoOperation, MethodLocation, method.Name, fix);
        return false;
    }

    private void ReportUnused(ParameterRoles roles)
    {
        foreach (var parameter in roles.Unused)
        {
            context.Diagnostics.Report(Rules.ParameterUnused, context.LocationOf(parameter), parameter.Name, method.Name, _operation.ToString());
        }
    }

    // Whoever only inherits the method from another assembly cannot fix it.
    private void ReportNotCancellable(ParameterRoles roles)
    {
        if (roles.CancellationToken is null && method.Locations.Any(static location => location.IsInSource))
        {
            context.Diagnostics.Report(Rules.CancellationTokenMissing, MethodLocation, method.Name);
        }
    }

    private bool CheckRoles(ParameterRoles roles, bool isBatch)
    {
        var (missing, fix) = (_operation, roles) switch
        {
            (_, { Value: null }) when Operations.StoresValue(_operation) && !isBatch => ("a value to store", "add a parameter for it"),
            (CacheOperation.CompareAndSet, { Cas: null }) when !isBatch => ("the CAS number", "add a parameter 'CasToken cas', or the CacheValue<T> that was read"),
            _ => (null, null),
        };
        if (missing is not null)
        {
            context.Diagnostics.Report(Rules.ParameterMissing, MethodLocation, method.Name, missing, fix!);
        }

        return missing is null;
    }

    private ParsedReturn? ParseReturn(BatchSource? batch)
    {
        var parsed = ReturnParser.Parse(context.Types, method.ReturnType, _operation, batch?.ItemType);
        if (parsed is null)
        {
            var isBatch = batch is not null;
            context.Diagnostics.Report(Rules.ReturnTypeNotSupported, Signature.ReturnLocation(context, method), method.Name, TypeText.Message(method.ReturnType),
                isBatch ? $"{_operation} with a collection" : _operation.ToString(), Operations.Returns(_operation, isBatch));
        }
        else if (batch is null && _operation != CacheOperation.GetOrCreate)
        {
            ReportHiddenMiss(parsed);
        }

        return parsed;
    }

    private void ReportHiddenMiss(ParsedReturn parsed)
    {
        if (parsed is { Value: { } value, WantsCacheValue: false }
            && value.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
            && (value.IsValueType || value.NullableAnnotation == NullableAnnotation.NotAnnotated))
        {
            var miss = value.IsValueType ? $"default({TypeText.Message(value)})" : "null";
            context.Diagnostics.Report(Rules.MissLooksLikeValue, Signature.ReturnLocation(context, method), method.Name, miss, TypeText.Message(value));
        }
    }

    // A value that never expires is stale only where it was invalidated.
    private bool DependsOnStale(ExpiryModel expiry) =>
        _operation is CacheOperation.GetOrCreate or CacheOperation.Invalidate || (Operations.TakesExpiry(_operation) && !expiry.IsNever);

    private ExpiryModel ReadExpiry(ParameterRoles roles, OptionsModel options) => new(
        options.Expires,
        roles.Expiry is null ? null : TypeText.Identifier(roles.Expiry.Name),
        roles.Expiry is null ? ExpiryParameterType.None : context.Types.ExpiryType(roles.Expiry.Type),
        options.Jitter);

    private (bool IsFound, MethodCodec? Codec) FindCodec(ParameterRoles roles, ParsedReturn parsed, BatchSource? batch)
    {
        var codecs = new ValueCodecs(context, method);
        if (ValueType(roles, parsed, batch) is not { } type)
        {
            codecs.ReportWithoutValue();
            return (true, null);
        }

        var parameter = parsed.Value is null ? roles.Value ?? batch!.Parameter : null;
        if (Operations.Appends(_operation) && !context.Types.IsTextOrBytes(type))
        {
            context.Diagnostics.Report(Rules.NoCodec, codecs.Location(parameter), TypeText.Message(TypeText.WithoutAnnotation(type)),
                $"{_operation} adds text or bytes: use string, byte[] or ReadOnlyMemory<byte>");
            return (false, null);
        }

        // A single value is checked as an argument.
        var codec = codecs.Find(type, parameter, refusesNull: batch?.ValueType is not null);
        return (codec is not null, codec);
    }

    private static ITypeSymbol? ValueType(ParameterRoles roles, ParsedReturn parsed, BatchSource? batch) =>
        parsed.Value ?? roles.Value?.Type ?? batch?.ValueType;

    private StoredValue? FindStored(ParameterRoles roles, ParsedReturn parsed, BatchSource? batch, MethodCodec? codec) =>
        _operation is CacheOperation.Increment or CacheOperation.Decrement ? StoredValues.Counter
        : ValueType(roles, parsed, batch) is { } type ? StoredValues.Of(context, type, codec!.Reference)
        : null;

    // What the name says of one value.
    private string FindNoun(bool isBatch)
    {
        var noun = OperationVerbs.Noun(method.Name);
        return isBatch ? Names.FindSingular(noun) ?? noun : noun;
    }
}
