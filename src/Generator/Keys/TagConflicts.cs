using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>
/// Finds members of one key that do not agree on the tags of its values, tags that no member invalidates, and invalidations that do not do
/// what their names say.
/// </summary>
internal static class TagConflicts
{
    private static readonly TagRole[] Tags = [TagRole.IsTag, TagRole.IsTagOfValue];
    private static readonly TagRole[] Invalidations = [TagRole.Invalidates, TagRole.Removes];

    /// <summary>The conflicts.</summary>
    /// <param name="clients">The templates of each interface.</param>
    public static EquatableArray<TagConflict> Find(IEnumerable<EquatableArray<KeyUse>> clients)
    {
        var all = clients.ToArray();
        if (!Array.Exists(all, static uses => uses.Any(static use => use.TagRole is TagRole.IsTag or TagRole.IsTagOfValue or TagRole.Invalidates or TagRole.Removes)))
        {
            return EquatableArray<TagConflict>.Empty;
        }

        var entries = all.SelectMany(static (uses, client) => uses.Select((use, index) => new Entry((client, index), use))).ToList();
        return new EquatableArray<TagConflict>([.. FindOfKeys(entries), .. FindLonely(entries), .. FindElsewhere(entries), .. FindNeverStale(entries)]);
    }

    private static IEnumerable<TagConflict> FindOfKeys(IEnumerable<Entry> entries) => entries
        .Where(static entry => entry.Use.TagRole is TagRole.Carries or TagRole.Refuses)
        .GroupBy(static entry => entry.Form)
        .SelectMany(static group => FindInGroup([.. group]));

    // Who has fewer has most likely forgotten some, so that it is the one to be told.
    private static IEnumerable<TagConflict> FindInGroup(List<Entry> group)
    {
        var model = group.OrderByDescending(static entry => entry.Use.Tags.Count).First().Use;
        if (model.Tags.Count == 0)
        {
            return [];
        }

        return group
            .Where(static entry => entry.Use.TagRole == TagRole.Refuses)
            .Select(entry => new TagConflict(entry.Place, entry.Use, model, TagMistake.Refuses))
            .Concat(group
                .Where(entry => entry.Use.TagRole == TagRole.Carries && !HaveSameTags(entry.Use, model))
                .Select(entry => new TagConflict(entry.Place, entry.Use, model, TagMistake.Differs)));
    }

    private static bool HaveSameTags(KeyUse one, KeyUse other) =>
        one.Tags.Count == other.Tags.Count && one.Tags.All(tag => other.Tags.Any(tag.IsSameAs));

    // Of the members whose values have a tag the first is told.
    private static IEnumerable<TagConflict> FindLonely(List<Entry> entries)
    {
        var tags = Group(entries, Tags);
        var invalidations = Group(entries, Invalidations);
        return tags
            .Where(group => !invalidations.Contains(group.Key))
            .Select(static group => new TagConflict(group.First().Place, group.First().Use, Other: null, TagMistake.NotInvalidated))
            .Concat(invalidations
                .Where(group => !tags.Contains(group.Key))
                .SelectMany(static group => group)
                .Select(static entry => new TagConflict(entry.Place, entry.Use, Other: null, TagMistake.InvalidatesNothing)));
    }

    // An interface that knows nothing of such tags invalidates them in a way that values do not see that are being created.
    private static IEnumerable<TagConflict> FindElsewhere(List<Entry> entries)
    {
        var ofValues = Group(entries, TagRole.IsTagOfValue);
        return entries
            .Where(entry => Invalidations.Contains(entry.Use.TagRole)
                && ofValues.Contains(entry.Form) && ofValues[entry.Form].All(tag => tag.Place.Client != entry.Place.Client))
            .Select(entry => new TagConflict(entry.Place, entry.Use, ofValues[entry.Form].First().Use, TagMistake.Elsewhere));
    }

    // Members that do not care whether values can be stale do not tell.
    private static IEnumerable<TagConflict> FindNeverStale(List<Entry> entries)
    {
        var stale = entries.Where(static entry => entry.Use.Stale is not null).ToLookup(static entry => entry.Form, static entry => entry.Use.Stale > 0);
        foreach (var invalidation in entries.Where(static entry => entry.Use.TagRole == TagRole.Invalidates))
        {
            var carriers = entries.FindAll(entry => entry.Use.TagRole == TagRole.Carries && entry.Use.Tags.Any(tag => tag.Form == invalidation.Form));
            var known = carriers.SelectMany(entry => stale[entry.Form]).ToList();
            if (known.Count > 0 && !known.Contains(true))
            {
                yield return new TagConflict(invalidation.Place, invalidation.Use, carriers[0].Use, TagMistake.NeverStale);
            }
        }
    }

    private static ILookup<string, Entry> Group(IEnumerable<Entry> entries, params TagRole[] roles) => entries
        .Where(entry => roles.Contains(entry.Use.TagRole))
        .ToLookup(static entry => entry.Form);

    private sealed record Entry((int Client, int Index) Place, KeyUse Use)
    {
        public string Form { get; } = ShapeForm.Of(Use.Shape);
    }
}

/// <summary>A template that does not fit to the tags of the others.</summary>
/// <param name="Place">Where it is declared: the interface among all, and the template in it.</param>
/// <param name="Use">The template.</param>
/// <param name="Other">The one that it does not fit to; null where there is none, which is the mistake.</param>
/// <param name="Mistake">What is wrong.</param>
internal sealed record TagConflict((int Client, int Index) Place, KeyUse Use, KeyUse? Other, TagMistake Mistake);

/// <summary>What is wrong with a template that does not fit to the tags of the others.</summary>
internal enum TagMistake
{
    /// <summary>The values of its key have other tags.</summary>
    Differs,

    /// <summary>The values of its key have tags, which it cannot have.</summary>
    Refuses,

    /// <summary>Nothing invalidates its tag.</summary>
    NotInvalidated,

    /// <summary>No value has its tag.</summary>
    InvalidatesNothing,

    /// <summary>Another interface reads its tag from the value.</summary>
    Elsewhere,

    /// <summary>It makes values stale that cannot be.</summary>
    NeverStale,
}
