using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Diagnostics;

/// <summary>Says of a template that does not fit to the tags of the others what is wrong with it.</summary>
internal static class TagFindings
{
    /// <summary>The finding, at the template.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="places">The places of the templates of each interface.</param>
    public static Finding Create(TagConflict conflict, IReadOnlyList<EquatableArray<SourcePlace>> places)
    {
        var (use, other) = (conflict.Use, conflict.Other);
        var (rule, arguments) = conflict.Mistake switch
        {
            TagMistake.NotInvalidated => (Rules.TagNotInvalidated, new[] { use.Template, use.Member, Short(use) }),
            TagMistake.InvalidatesNothing => (Rules.InvalidatesNothing, [use.Member, use.Template, Short(use)]),
            TagMistake.Elsewhere => (Rules.ValueTagElsewhere, [use.Member, use.Template, other!.Member]),
            TagMistake.NeverStale => (Rules.TaggedNeverStale, [use.Member, use.Template, other!.Member]),
            TagMistake.Refuses => (Rules.TagsNotSupported,
                [use.Member, $"it does not ask for their versions, but the values of {other!.Member}, which has the same key, have {Text(other)}", "remove it, or the tags"]),
            _ => (Rules.TagsDiffer, [use.Member, Text(use), other!.Member, Text(other)]),
        };
        return new Finding(rule, places[conflict.Place.Client][conflict.Place.Index].Location, new EquatableArray<string>(arguments));
    }

    private static string Text(KeyUse use) => use.Tags.Count == 0 ? "none" : string.Join(", ", use.Tags.Select(static tag => $"'{tag.Template}'"));

    // The template as it is written in the attribute.
    private static string Short(KeyUse use) => use.Tags[0].Template;
}
