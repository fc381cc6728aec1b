using System.Collections.Concurrent;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The templates that have been used since the recording began.</summary>
internal sealed class Templates
{
    // There are as many as the code has, unless an application makes them from its keys.
    private const int MaxCount = 5000;

    private static readonly TemplateKey Rest = new("", "(all further templates)");

    private readonly ConcurrentDictionary<TemplateKey, TemplateCounts> _counts = new();

    /// <summary>All of them.</summary>
    public IEnumerable<KeyValuePair<TemplateKey, TemplateCounts>> All => _counts;

    /// <summary>The counts of the template that a measurement is of.</summary>
    public TemplateCounts Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = TemplateKey.Of(tags);
        return _counts.TryGetValue(key, out var counts) ? counts : Add(key);
    }

    private TemplateCounts Add(TemplateKey key) =>
        _counts.GetOrAdd(_counts.Count < MaxCount ? key : Rest, static _ => new TemplateCounts());
}
