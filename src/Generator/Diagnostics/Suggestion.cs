namespace TypedCache.Generator.Diagnostics;

/// <summary>Finds the name that somebody most likely meant.</summary>
internal static class Suggestion
{
    /// <summary>The end of a message about an unknown name: the nearest known one, or all of them.</summary>
    public static string For(string? nearest, IReadOnlyCollection<string> known) =>
        known.Count == 0 ? "it has none"
        : nearest is not null ? $"did you mean '{nearest}'?"
        : $"it has {string.Join(", ", known)}";

    /// <summary>The nearest known name; null where none is near.</summary>
    public static string? Nearest(string name, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
        {
            return null;
        }

        var (best, distance) = known
            .Select(candidate => (candidate, Distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(static entry => entry.Distance)
            .First();
        return distance <= Math.Max(1, Math.Max(name.Length, best.Length) / 3) ? best : null;
    }

    // Levenshtein's distance, one row at a time.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
