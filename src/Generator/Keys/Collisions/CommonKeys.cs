using TypedCache.Generator.Keys.Texts;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>The keys that pairs of templates have in common. What was found for a pair of shapes is remembered.</summary>
internal sealed class CommonKeys(CancellationToken cancellation)
{
    private readonly Dictionary<(KeyShape, KeyShape), CommonKey?> _keys = [];
    private readonly Dictionary<(KeyShape Shape, bool AllowsEmpty, bool OfSamples), KeyPath> _paths = [];

    /// <summary>How many pairs of shapes were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>A key that both give for some values, as text; null where there is none.</summary>
    public string? Find(KeyEntry one, KeyEntry other)
    {
        var (left, right) = (one.Use.Shape, other.Use.Shape);
        if (!_keys.TryGetValue((left, right), out var key))
        {
            Compared++;
            key = Find(left, right);
            _keys.Add((left, right), key);
        }

        return key?.Text((leftSegment, rightSegment) => Name(one.Use, leftSegment) ?? Name(other.Use, rightSegment)!);
    }

    // Keys without empty texts read better; and samples are closer to what is real than what takes in all of it.
    private CommonKey? Find(KeyShape left, KeyShape right)
    {
        var hasSamples = HasSamples(left) || HasSamples(right);
        return (hasSamples ? Find(left, right, ofSamples: true) : null) ?? Find(left, right, ofSamples: false);
    }

    private CommonKey? Find(KeyShape left, KeyShape right, bool ofSamples) =>
        Find(left, right, allowsEmpty: false, ofSamples)
        ?? (HasStrings(left) || HasStrings(right) ? Find(left, right, allowsEmpty: true, ofSamples) : null);

    // Longer keys than memcached takes are still the same where both are hashed.
    private CommonKey? Find(KeyShape left, KeyShape right, bool allowsEmpty, bool ofSamples)
    {
        var key = new CommonKeySearch(Path(left, allowsEmpty, ofSamples), Path(right, allowsEmpty, ofSamples), cancellation).Find();
        return key is { Length: > KeyText.MaxBytes } && (left.Policy != KeyPolicy.Escape || right.Policy != KeyPolicy.Escape) ? null : key;
    }

    private KeyPath Path(KeyShape shape, bool allowsEmpty, bool ofSamples)
    {
        if (!_paths.TryGetValue((shape, allowsEmpty, ofSamples), out var path))
        {
            path = new KeyPath(shape, texts => (ofSamples ? texts.Samples : null) ?? texts.Automaton(allowsEmpty, isReversed: false), isReversed: false);
            _paths.Add((shape, allowsEmpty, ofSamples), path);
        }

        return path;
    }

    private static bool HasSamples(KeyShape shape) =>
        shape.Parts.Any(part => part is ValueShapePart value && PartTexts.Of(value, shape.Policy).Samples is not null);

    private static bool HasStrings(KeyShape shape) => shape.Parts.Any(static part => part is ValueShapePart { Type: KeyValueType.String });

    // What the placeholder is called whose text is not known.
    private static string? Name(KeyUse use, int segment) => use.Shape.Parts[segment] is ValueShapePart { Type: KeyValueType.Formattable }
        ? use.Names[use.Shape.Parts.Take(segment).Count(static part => part is ValueShapePart)]
        : null;
}
