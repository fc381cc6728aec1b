namespace TypedCache.Generator.Keys.Collisions;

/// <summary>
/// Splits templates by the fixed text at their beginnings: those of two families begin with different bytes, so that they never give the
/// same key. In most projects each family has one shape, which is then matched with nothing.
/// </summary>
internal static class KeyFamilies
{
    /// <summary>The families with more than one template, each in the order in which they are declared.</summary>
    public static IEnumerable<IReadOnlyList<KeyEntry>> Split(IEnumerable<KeyEntry> entries)
    {
        var sorted = entries.Select(static entry => (Beginning: Beginning(entry.Use.Shape), Entry: entry)).ToArray();
        Array.Sort(sorted, static (left, right) => left.Beginning.AsSpan().SequenceCompareTo(right.Beginning));
        for (var start = 0; start < sorted.Length;)
        {
            // The shortest beginning comes first, and all that go on with it follow.
            var shortest = sorted[start].Beginning;
            var end = start + 1;
            while (end < sorted.Length && sorted[end].Beginning.AsSpan().StartsWith(shortest))
            {
                end++;
            }

            if (end - start > 1)
            {
                yield return [.. sorted.Skip(start).Take(end - start).Select(static item => item.Entry).OrderBy(static entry => entry.Place)];
            }

            start = end;
        }
    }

    private static byte[] Beginning(KeyShape shape) =>
        shape.Parts.Count > 0 && shape.Parts[0] is LiteralShapePart literal ? KeyPath.Bytes(literal, isReversed: false) : [];
}
