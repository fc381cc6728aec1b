using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Naming;

namespace TypedCache.Generator.Parsing.Tags;

/// <summary>Gathers the codecs of one interface's values with tags: methods with equal ones share a static field.</summary>
/// <param name="names">All names of the file.</param>
internal sealed class TaggedCodecs(ClientNames names)
{
    private readonly List<TaggedCodecField> _fields = [];

    public EquatableArray<TaggedCodecField> Fields => new(_fields);

    /// <summary>The field of a codec, made when it is first asked for.</summary>
    /// <param name="codec">The codec of the values.</param>
    /// <param name="tags">The tags that are read from them.</param>
    /// <param name="noun">What the method's name says of the value.</param>
    public string Get(MethodCodec codec, EquatableArray<KeyModel> tags, string noun)
    {
        var known = _fields.Find(field => field.Codec == codec && (field.Values?.Tags ?? EquatableArray<KeyModel>.Empty).Equals(tags));
        if (known is null)
        {
            var values = tags.Count == 0 ? null : FindValues(codec.ValueType, tags) ?? new ValueTagsModel(names.TakeMember($"Add{noun}Tags"), tags);
            known = new TaggedCodecField(names.TakeMember(noun.Length == 0 ? "_taggedCodec" : $"_tagged{noun}Codec"), codec, values);
            _fields.Add(known);
        }

        return known.Name;
    }

    private ValueTagsModel? FindValues(string valueType, EquatableArray<KeyModel> tags) =>
        _fields.Find(field => field.Codec.ValueType == valueType && field.Values is { } values && values.Tags.Equals(tags))?.Values;
}
