using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>Reads the key template of one method, and checks what keys it can give.</summary>
/// <param name="context">The interface.</param>
/// <param name="method">The method.</param>
/// <param name="attribute">Its attribute.</param>
/// <param name="item">What tells the entries of a set apart, or the value whose properties are a tag; null for what is neither.</param>
/// <param name="mark">What stands between the beginning of all keys and the template: empty for keys of values.</param>
internal sealed class KeyParser(ClientContext context, IMethodSymbol method, AttributeReader attribute, IParameterSymbol? item = null, string mark = "")
{
    private readonly List<KeyPart> _parts = [];
    private readonly List<KeyArgument> _arguments = [];
    private readonly StringBuilder _literal = new();
    private readonly List<KeyShapePart> _shape = [];
    private readonly List<string> _lengths = [];
    private readonly List<(KeySource Source, bool IsString)> _unbounded = [];
    private bool _isSensitive;
    private int _fixedBytes;
    private int _variableBytes;

    /// <summary>The placeholders in order, with what they name. Empty until <see cref="ReadTemplate"/> has succeeded.</summary>
    public List<KeySource> Sources { get; } = [];

    /// <summary>What the placeholders of the method's other templates name.</summary>
    public IReadOnlyCollection<KeySource> OtherSources { get; set; } = [];

    /// <summary>The template with prefix and version as it is written, once <see cref="Build"/> has succeeded.</summary>
    public string FullTemplate { get; private set; } = "";

    /// <summary>What the placeholders are made of, each once, in order. Empty until <see cref="Build"/> has succeeded.</summary>
    public IReadOnlyList<KeyArgument> Arguments => _arguments;

    /// <summary>The template, once it was read.</summary>
    public KeyTemplate? Template { get; private set; }

    /// <summary>The most bytes of a key, once <see cref="Build"/> was called; null where it has no limit of its own.</summary>
    public int? MaxLength => _unbounded.Count > 0 ? null : Math.Min(_fixedBytes + _variableBytes, KeyText.MaxBytes);

    /// <summary>The fingerprint of the value's shape in the key; null for none.</summary>
    public string? SchemaTag { get; private set; }

    /// <summary>Which keys the template can give, once <see cref="Build"/> has succeeded.</summary>
    public KeyShape Shape => new(new EquatableArray<KeyShapePart>(_shape), context.KeyPolicy);

    /// <summary>Parses the template and finds what its placeholders name; false where something was reported.</summary>
    public bool ReadTemplate()
    {
        TemplateError? error = null;
        Template = mark.Length > 0 && attribute.Text is "" ? new KeyTemplate(EquatableArray<TemplateSegment>.Empty) : KeyTemplate.Parse(attribute.Text ?? "", out error);
        if (error is not null)
        {
            context.Diagnostics.Report(Rules.TemplateMalformed, attribute.LocationInText(error.Start, error.Length), Number(error.Start), error.Reason);
        }

        var isValid = Template is not null;
        foreach (var segment in Template?.Segments ?? EquatableArray<TemplateSegment>.Empty)
        {
            isValid &= segment is PlaceholderSegment placeholder ? FindSource(placeholder) : CheckLiteral((LiteralSegment)segment);
        }

        return isValid;
    }

    /// <summary>Makes the key's parts; null where something was reported with which none can be made.</summary>
    /// <param name="batchItem">What is written for the collection of a batch; null without a batch.</param>
    public KeyModel? Build(KeyArgument? batchItem = null)
    {
        if (FindStart() is not { } start)
        {
            return null;
        }

        KeyPartLimit.ReportUnused(context, method, [.. Sources, .. OtherSources]);
        _literal.Append(start + mark);
        var segments = Template!.Segments;
        var next = 0;
        var isValid = true;
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i] is LiteralSegment literal)
            {
                _literal.Append(literal.Text);
                continue;
            }

            EndLiteral();
            var source = Sources[next++];
            var part = CreatePart(source, IsItem(source, batchItem) ? batchItem : null, FindFollowing(segments, i));
            isValid &= part is not null;
            if (part is not null)
            {
                _parts.Add(part);
            }
        }

        EndLiteral();
        CheckLength();
        if (!isValid)
        {
            return null;
        }

        FullTemplate = start + mark + attribute.Text;
        var parameters = _arguments.Select(static argument => argument.ToModel());
        var label = mark + Text(batchItem);
        return new KeyModel(new EquatableArray<KeyPart>(_parts), new EquatableArray<ParameterModel>(parameters), start + label) { Label = label, IsSensitive = _isSensitive };
    }

    /// <summary>Reports what has no greatest length, once <see cref="Build"/> was called.</summary>
    public void ReportUnbounded()
    {
        foreach (var (source, isString) in _unbounded)
        {
            context.Diagnostics.Report(Rules.LengthUnbounded, Location(source.Placeholder), source.Name, isString
                ? "add [KeyPart(MaxLength = 64)] with its greatest length"
                : "name one of its properties, or pass a string with [KeyPart]");
        }
    }

    // An item of a collection is called what it is called in code.
    private string Text(KeyArgument? batchItem)
    {
        var next = 0;
        return string.Concat(Template!.Segments.Select(segment =>
            segment is PlaceholderSegment placeholder && IsItem(Sources[next++], batchItem)
                ? $"{{{string.Join(".", placeholder.Path.Prepend(batchItem!.Name))}{(placeholder.Format is { } format ? ":" + format : "")}}}"
                : attribute.Text!.Substring(segment.Start, segment.Length)));
    }

    private static bool IsItem(KeySource source, KeyArgument? batchItem) =>
        (source.IsWhole || source.IsOfItem) && SymbolEqualityComparer.Default.Equals(source.Parameter, batchItem?.Parameter);

    private string? FindStart()
    {
        if (mark.Length > 0 || !(attribute.Named("Schema") as bool? ?? context.Schema))
        {
            return context.KeyStart;
        }

        if (context.SchemaTags.Find(Template!) is { } tag)
        {
            SchemaTag = tag;
            return $"{context.KeyStart}{tag}:";
        }

        context.Diagnostics.Report(Rules.ParameterMissing, attribute.ArgumentLocation, method.Name, "a value type for the fingerprint of its key",
            "add a method that reads or stores a value under the same template, or turn Schema off");
        return null;
    }

    private bool FindSource(PlaceholderSegment placeholder)
    {
        var parameters = item is null ? method.Parameters : mark.Length > 0 ? [item] : method.Parameters.Add(item);
        var source = KeySource.Find(context, placeholder, method, parameters, Location(placeholder));
        if (source is not null)
        {
            Sources.Add(source);
        }

        return source is not null;
    }

    private bool CheckLiteral(LiteralSegment literal)
    {
        var template = attribute.Text!;
        var forbidden = KeyText.IndexOfForbidden(template.Substring(literal.Start, literal.Length), context.KeyPolicy);
        if (forbidden >= 0)
        {
            var position = literal.Start + forbidden;
            context.Diagnostics.Report(Rules.CharacterNotAllowed, attribute.LocationInText(position, 1), KeyText.Describe(template[position]), "template");
        }

        return forbidden < 0;
    }

    private ValueKeyPart? CreatePart(KeySource source, KeyArgument? item, Following following)
    {
        if (item is null && (source.IsOfItem || IsCollectionInTag(source)))
        {
            context.Diagnostics.Report(
                Rules.CollectionInSingleKey, context.LocationOf(source.Parameter), source.Parameter.Name, "there is one key, and not one for each item", "pass one value");
            return null;
        }

        var argument = item ?? KeyArgument.Of(source.Parameter);
        var type = KnownTypes.UnwrapNullable(source.Type(argument.Type), out _);
        var format = source.Placeholder.Format;
        var operand = KeyOperand.Find(context.Types, context.Compilation, type, format);
        if (FindObstacle(source, item, type, operand) is { } obstacle)
        {
            context.Diagnostics.Report(Rules.TypeNotFormattable, Location(source.Placeholder), source.Name, TypeText.Message(type), obstacle);
            return null;
        }

        var valueType = KeyTypes.Find(operand!.Type);
        if (format is not null && KeyFormat.FindMistake(valueType, format) is { } mistake)
        {
            context.Diagnostics.Report(
                Rules.FormatNotValid, attribute.LocationInText(source.Placeholder.FormatStart, format.Length), format, TypeText.Message(type), mistake);
            return null;
        }

        _isSensitive |= KeyPartLimit.IsSensitive(context, source, operand);
        EqualValueTexts.Report(context, source, operand, Location(source.Placeholder));
        var isNotNull = item is null || (source.IsWhole && item.Type.SpecialType == SpecialType.System_String);
        var part = new ValueKeyPart(Add(argument), source.Expression(ValueKeyPart.Root, argument.Type, isNotNull, operand.Inside)) { Method = operand.Method };
        return valueType == KeyValueType.Enum
            ? CreateEnumPart(part, source, operand, following)
            : CreateValuePart(part, source, operand, following);
    }

    // In a key it makes the operation one of many keys, and its items are written.
    private bool IsCollectionInTag(KeySource source) => mark.Length > 0 && source.IsWhole && context.Types.ItemType(source.Parameter.Type) is not null;

    // One parameter can be in several placeholders.
    private int Add(KeyArgument argument)
    {
        var known = _arguments.FindIndex(other => other.Name == argument.Name);
        if (known >= 0)
        {
            return known;
        }

        _arguments.Add(argument);
        return _arguments.Count - 1;
    }

    private string? FindObstacle(KeySource source, KeyArgument? item, ITypeSymbol type, KeyOperand? operand) =>
        context.Types.IsCancellationToken(type) ? "remove it from the template; it cancels the operation"
        : item is not null && CanBeNull(context.Types.ItemType(source.Parameter.Type)) ? "an item of the collection can be null; make the items non-nullable"
        : operand is null ? KeyOperand.Obstacle(context.Types, type)
        : null;

    private static bool CanBeNull(ITypeSymbol? item) => item is not null
        && (item.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || item.NullableAnnotation == NullableAnnotation.Annotated);

    private ValueKeyPart CreateEnumPart(ValueKeyPart part, KeySource source, KeyOperand operand, Following following)
    {
        var type = (INamedTypeSymbol)operand.Type;
        KeyPartLimit.Read(context, source, operand, KeyValueType.Enum);
        _variableBytes += context.Enums.MaxBytes(type);
        _lengths.Add($"{source.Name} up to {context.Enums.MaxBytes(type)}");
        if (source.Placeholder.Format == "D")
        {
            AddShape(KeyTypes.Find(type.EnumUnderlyingType!), format: null);
            var value = part.Expression.Contains(' ') ? $"({part.Expression})" : part.Expression;
            return part with { Expression = $"({TypeText.Code(type.EnumUnderlyingType!)}){value}" };
        }

        var model = context.Enums.Get(type);
        _shape.Add(new ValueShapePart(KeyValueType.Enum, Format: null, Delimiter: 0) { Enum = KeyEnums.Shape(type, model) });
        if (following.IsPlaceholder || model.Members.Any(member => member.Name.IndexOf((char)following.Delimiter) > 0 && following.Delimiter != 0))
        {
            ReportAmbiguous(source);
        }

        return part with { EnumMethod = model.MethodName };
    }

    private ValueKeyPart CreateValuePart(ValueKeyPart part, KeySource source, KeyOperand operand, Following following)
    {
        var type = KeyTypes.Find(operand.Type);
        var format = source.Placeholder.Format;
        var delimiter = following.Delimiter != 0 && KeyFormat.CanContain(type, format, following.Delimiter) ? following.Delimiter : (byte)0;
        var limit = KeyPartLimit.Read(context, source, operand, type);
        AddShape(type, format, delimiter, limit ?? 0);
        AddLength(source, KeyText.MaxTextBytes(limit, delimiter) ?? KeyFormat.MaxBytes(type, format, delimiter), type);

        if (following.IsPlaceholder && !KeyFormat.HasFixedLength(type, format))
        {
            ReportAmbiguous(source);
        }

        return type switch
        {
            KeyValueType.String => part with { Delimiter = delimiter, Bound = limit is { } length ? new KeyPartBound(length, source.Name) : null },
            KeyValueType.Char => part with { Delimiter = delimiter },
            KeyValueType.Boolean => part,
            _ => part with { Format = format ?? KeyFormat.Default(type), Delimiter = delimiter },
        };
    }

    private void AddLength(KeySource source, int? bytes, KeyValueType type)
    {
        if (bytes is { } known)
        {
            _variableBytes += known;
            _lengths.Add($"{source.Name} up to {known}");
            return;
        }

        _unbounded.Add((source, type == KeyValueType.String));
    }

    private void AddShape(KeyValueType type, string? format, byte delimiter = 0, int maxLength = 0) =>
        _shape.Add(new ValueShapePart(type, format, delimiter) { MaxLength = maxLength });

    private void ReportAmbiguous(KeySource source) =>
        context.Diagnostics.Report(Rules.PlaceholdersAmbiguous, Location(source.Placeholder), source.Name);

    private void EndLiteral()
    {
        if (_literal.Length > 0)
        {
            var text = _literal.ToString();
            _fixedBytes += KeyText.ByteCount(text);
            _parts.Add(new LiteralKeyPart(text));
            _shape.Add(new LiteralShapePart(text));
            _literal.Clear();
        }
    }

    private void CheckLength()
    {
        if (_fixedBytes > KeyText.MaxBytes)
        {
            context.Diagnostics.Report(Rules.FixedPartTooLong, attribute.ArgumentLocation, Number(_fixedBytes));
        }
        else if (_fixedBytes + _variableBytes > KeyText.MaxBytes)
        {
            context.Diagnostics.Report(
                Rules.KeyCanGetTooLong, attribute.ArgumentLocation, Number(_fixedBytes + _variableBytes), $"fixed part {_fixedBytes}, {string.Join(", ", _lengths)}");
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Location Location(TemplateSegment segment) => attribute.LocationInText(segment.Start, segment.Length);

    // Nothing has to be told from what stands behind the last placeholder.
    private static Following FindFollowing(EquatableArray<TemplateSegment> segments, int index)
    {
        if (!segments.Skip(index + 1).OfType<PlaceholderSegment>().Any())
        {
            return default;
        }

        return segments[index + 1] is LiteralSegment literal
            ? new Following(Encoding.UTF8.GetBytes(literal.Text)[0], IsPlaceholder: false)
            : new Following(0, IsPlaceholder: true);
    }

    /// <summary>What ends a placeholder: the first byte of a literal, or nothing but another placeholder.</summary>
    private readonly record struct Following(byte Delimiter, bool IsPlaceholder);
}
