using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Keys;
using TypedCache.Generator.Parsing.Methods;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Tags;

/// <summary>Reads the tags of one method with a key.</summary>
/// <param name="context">The interface.</param>
/// <param name="method">The method.</param>
/// <param name="operation">What it does.</param>
internal sealed class MethodTags(ClientContext context, IMethodSymbol method, CacheOperation operation)
{
    // What the runtime takes in one call.
    private const int MaxCount = 8;

    private readonly List<Tag> _tags = [];

    /// <summary>What the placeholders of all tags name that the parameters give, once those were read.</summary>
    public IEnumerable<KeySource> Sources => _tags.Where(static tag => !tag.IsOfValue).SelectMany(static tag => tag.Parser.Sources);

    /// <summary>What the keys of all tags are made of that the parameters give, once they were built.</summary>
    public IEnumerable<ParameterModel> Parameters => Keys(isOfValue: false).SelectMany(static key => key.Parameters);

    /// <summary>Parses the templates and finds what their placeholders name; false where something was reported.</summary>
    public bool Read()
    {
        var attributes = TagAttributes.Of(context, method);
        if (attributes.Count == 0)
        {
            return true;
        }

        if (!CheckOperation(attributes, isBatch: false, wantsCacheValue: false) || !CheckCount(attributes) || !CheckTwice(attributes) || !CheckMixed(attributes))
        {
            return false;
        }

        CheckDialect(attributes[0]);
        _tags.AddRange(attributes.Where(attribute => !IsOfValue(attribute)).Select(attribute => CreateTag(attribute, value: null)));
        return _tags.Aggregate(true, static (isValid, tag) => isValid & tag.Parser.ReadTemplate());
    }

    /// <summary>Makes the keys of the tags; false where something was reported.</summary>
    /// <param name="key">The method's key.</param>
    /// <param name="item">What differs from key to key of a batch; null without one.</param>
    /// <param name="value">The type of one value.</param>
    /// <param name="wantsCacheValue">Whether values are given with their CAS numbers.</param>
    public bool Build(KeyParser key, KeyArgument? item, ITypeSymbol? value, bool wantsCacheValue)
    {
        var attributes = TagAttributes.Of(context, method);
        if (attributes.Count == 0)
        {
            return true;
        }

        if (!CheckOperation(attributes, isBatch: item is not null, wantsCacheValue) || !ReadOfValue(attributes, value))
        {
            return false;
        }

        var isValid = true;
        foreach (var tag in _tags)
        {
            tag.Parser.OtherSources = [.. key.Sources, .. Sources];
            tag.Key = tag.Parser.Build(item);
            isValid &= tag.Key is not null;
            tag.Links = string.Join(",", tag.Parser.Sources.Select(source => tag.IsOfValue ? source.Name : Link(source, key.Sources)));
        }

        if (isValid)
        {
            Sort();
        }

        return isValid;
    }

    /// <summary>The tags as they are written, in order.</summary>
    public IReadOnlyList<string> Templates => [.. _tags.Select(static tag => tag.Attribute.Text!)];

    /// <summary>Adds the tags to those of the interface, and gives what other members have to agree on.</summary>
    public EquatableArray<TagUse> AddToClient()
    {
        foreach (var tag in _tags)
        {
            var role = tag.IsOfValue ? TagRole.IsTagOfValue : TagRole.IsTag;
            context.Tags.Add(method, tag.Parser, tag.Key!, role);
            context.Keys.Add(
                method, tag.Parser.FullTemplate, tag.Parser.Shape, tag.Parser.Sources, StoredValues.Tag, stale: null, near: null, KeyEffect.None, tag.Attribute.ArgumentLocation, role, new EquatableArray<TagUse>([tag.ToUse()]));
        }

        return new EquatableArray<TagUse>(_tags.Select(static tag => tag.ToUse()));
    }

    /// <summary>The tags as they are written; null where there are none.</summary>
    /// <param name="codec">The codec of the values.</param>
    /// <param name="noun">What the method's name says of it.</param>
    /// <param name="taken">The names of the method's parameters, and of what is written beside them.</param>
    public TaggedModel? ToModel(MethodCodec? codec, string noun, ICollection<string> taken)
    {
        if (_tags.Count == 0 || codec is null)
        {
            return null;
        }

        return new TaggedModel(
            new EquatableArray<KeyModel>(Keys(isOfValue: false)),
            context.TaggedCodecs.Get(codec, new EquatableArray<KeyModel>(Keys(isOfValue: true)), noun),
            Names.Unique("tags", taken));
    }

    /// <summary>Reports what has no greatest length, once the tags were built.</summary>
    public void ReportUnbounded()
    {
        foreach (var tag in _tags)
        {
            tag.Parser.ReportUnbounded();
        }
    }

    private IEnumerable<KeyModel> Keys(bool isOfValue) => _tags.Where(tag => tag.IsOfValue == isOfValue).Select(static tag => tag.Key!);

    // Whoever stores a value can call its parameter like that.
    private bool IsOfValue(AttributeReader attribute) =>
        TagAttributes.FindValue(attribute) is not null
        && (Operations.StoresValue(operation) || !method.Parameters.Any(static parameter => parameter.Name == TagAttributes.ValueName));

    private bool ReadOfValue(IReadOnlyList<AttributeReader> attributes, ITypeSymbol? value)
    {
        var isValid = true;
        foreach (var attribute in attributes.Where(IsOfValue))
        {
            var parameter = value is null ? null : context.Types.ValueWithTags(TypeText.WithoutAnnotation(value));
            var tag = CreateTag(attribute, parameter);
            _tags.Add(tag);
            isValid &= tag.Parser.ReadTemplate();
        }

        return isValid;
    }

    private Tag CreateTag(AttributeReader attribute, IParameterSymbol? value) =>
        new(attribute, new KeyParser(context, method, attribute, value, TagAttributes.Mark), isOfValue: value is not null);

    // A placeholder that names what one of the key names has to do so in all methods of the key.
    private static string Link(KeySource source, List<KeySource> key)
    {
        var index = key.FindIndex(other =>
            SymbolEqualityComparer.Default.Equals(other.Parameter, source.Parameter) && other.Placeholder.Path.Equals(source.Placeholder.Path));
        return index < 0 ? "" : FormattableString.Invariant($"{index}");
    }

    // The versions are stored without the names of their tags, so that all methods of a key need one order. Of tags with one form only the
    // names of their parameters tell which is which.
    private void Sort()
    {
        foreach (var group in _tags.GroupBy(static tag => (tag.Form, tag.Links)).Where(static group => group.Count() > 1).ToList())
        {
            foreach (var tag in group.ToList())
            {
                tag.Links += ":" + string.Join(",", tag.Parser.Sources.Select(static source => source.Name));
            }
        }

        _tags.Sort(static (left, right) =>
            string.CompareOrdinal(left.Form, right.Form) is var order && order != 0 ? order : string.CompareOrdinal(left.Links, right.Links));
    }

    private bool CheckOperation(IReadOnlyList<AttributeReader> attributes, bool isBatch, bool wantsCacheValue)
    {
        if (TaggedOperations.RoleOf(operation, isBatch, wantsCacheValue) == TagRole.Carries)
        {
            return true;
        }

        var (reason, fix) = TaggedOperations.Obstacle(operation);
        context.Diagnostics.Report(Rules.TagsNotSupported, attributes[0].Location, method.Name, reason, fix);
        return false;
    }

    private bool CheckCount(IReadOnlyList<AttributeReader> attributes)
    {
        if (attributes.Count > MaxCount)
        {
            context.Diagnostics.Report(
                Rules.TooManyTags, attributes[MaxCount].Location, method.Name, FormattableString.Invariant($"{attributes.Count}"));
        }

        return attributes.Count <= MaxCount;
    }

    private bool CheckTwice(IReadOnlyList<AttributeReader> attributes)
    {
        var twice = attributes.GroupBy(static attribute => attribute.Text).Where(static group => group.Count() > 1).ToList();
        foreach (var group in twice)
        {
            context.Diagnostics.Report(Rules.TagTwice, group.ElementAt(1).Location, method.Name, group.Key ?? "");
        }

        return twice.Count == 0;
    }

    private bool CheckMixed(IReadOnlyList<AttributeReader> attributes)
    {
        var mixed = attributes.Where(IsOfValue).Where(TagAttributes.IsMixed).ToList();
        foreach (var attribute in mixed)
        {
            context.Diagnostics.Report(Rules.TagMixesSources, attribute.ArgumentLocation, attribute.Text!, method.Name);
        }

        return mixed.Count == 0;
    }

    // The tags are read all the same, so that nothing is said of invalidations that would have no value without them.
    private void CheckDialect(AttributeReader attribute)
    {
        if (context.Dialect != CacheDialect.Any)
        {
            context.Diagnostics.Report(Rules.TagsNotShared, attribute.Location, method.Name, context.Dialect.ToString());
        }
    }

    private sealed class Tag(AttributeReader attribute, KeyParser parser, bool isOfValue)
    {
        public AttributeReader Attribute { get; } = attribute;

        public KeyParser Parser { get; } = parser;

        public bool IsOfValue { get; } = isOfValue;

        public KeyModel? Key { get; set; }

        public string Form => ShapeForm.Of(Parser.Shape);

        public string Links { get; set; } = "";

        public TagUse ToUse() => new(Form, Links, Attribute.Text!);
    }
}
