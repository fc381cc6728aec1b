using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>
/// The fingerprints of an interface's values, by template. A method that only deletes knows no value: it takes the fingerprint from one
/// that does. So all methods have to be read once before the first key can be made.
/// </summary>
internal sealed class SchemaTags
{
    private const string Counter = "counter";

    private readonly Dictionary<string, string> _codecs = [];
    private Dictionary<string, string>? _tags;

    /// <summary>Notes the codec of the values under a template; null for a counter. The first counts.</summary>
    public void Note(KeyTemplate template, CodecReference? codec)
    {
        var text = Text(template);
        if (!_codecs.ContainsKey(text))
        {
            _codecs.Add(text, codec is null ? Counter : codec.Writes);
        }
    }

    /// <summary>Makes the tags from what another reading of the same interface has noted.</summary>
    public void Take(SchemaTags noted, EquatableArray<CodecModel> codecs) => _tags = noted._codecs.ToDictionary(
        static entry => entry.Key,
        entry => SchemaFingerprint.Compute(codecs, entry.Value));

    /// <summary>The tag of a template; null where no value is known. While the interface is read for the first time, it is empty.</summary>
    public string? Find(KeyTemplate template) => _tags is null ? "" : _tags.TryGetValue(Text(template), out var tag) ? tag : null;

    // What the placeholders are called makes no difference.
    private static string Text(KeyTemplate template) => string.Concat(template.Segments.Select(static segment => segment switch
    {
        LiteralSegment literal => literal.Text,
        _ => $"{{:{((PlaceholderSegment)segment).Format}}}",
    }));
}
