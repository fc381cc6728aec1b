namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Finds which templates have changed since the sample before.</summary>
/// <param name="templates">All templates.</param>
internal sealed class TemplateSampler(Templates templates)
{
    private readonly Dictionary<TemplateKey, long[]> _rows = [];
    private readonly List<TemplateName> _names = [];

    /// <summary>The counts of all templates together, in the order of <see cref="Column"/>.</summary>
    public long[] Totals { get; private set; } = [];

    /// <summary>How many templates there are.</summary>
    public int Count => _rows.Count;

    /// <summary>All templates.</summary>
    public TemplateName[] Names => [.. _names];

    /// <summary>Their numbers and counts.</summary>
    public long[][] Rows => [.. _rows.Values];

    /// <summary>Goes on by one sample.</summary>
    /// <returns>The templates that are new, and the numbers and counts of those that have changed.</returns>
    public (TemplateName[] Names, long[][] Rows) Advance()
    {
        var known = _names.Count;
        var totals = new long[TemplateCounts.Length];
        var changed = new List<long[]>();
        foreach (var (key, counts) in templates.All)
        {
            var row = Read(key, counts, totals);
            if (!_rows.TryGetValue(key, out var before) || !before.AsSpan().SequenceEqual(row))
            {
                _rows[key] = row;
                changed.Add(row);
            }
        }

        Totals = totals;
        return ([.. _names[known..]], [.. changed]);
    }

    private long[] Read(TemplateKey key, TemplateCounts counts, long[] totals)
    {
        var row = new long[TemplateCounts.Length + 1];
        row[0] = _rows.TryGetValue(key, out var before) ? before[0] : NameOf(key);
        for (var i = 0; i < totals.Length; i++)
        {
            row[i + 1] = counts[i];
            totals[i] += counts[i];
        }

        return row;
    }

    private int NameOf(TemplateKey key)
    {
        var id = _names.Count;
        _names.Add(new TemplateName(id, key.Client, key.Key));
        return id;
    }
}
