using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>Finds members of one key that do not agree on how long the process keeps its value.</summary>
internal static class NearConflicts
{
    /// <summary>The conflicts, each with the first member of the key that keeps values.</summary>
    /// <param name="clients">The templates of each interface.</param>
    public static EquatableArray<NearConflict> Find(IEnumerable<EquatableArray<KeyUse>> clients) => new(clients
        .SelectMany(static (uses, client) => uses.Select((use, index) => (Place: (client, index), Use: use)))
        .Where(static entry => entry.Use.Near is not null)
        .GroupBy(static entry => (entry.Use.Shape.WithoutLimits().Parts, entry.Use.Shape.Policy == KeyPolicy.Pecl))
        .SelectMany(static group => FindInGroup([.. group])));

    // Who keeps none has most likely forgotten it, so that it is the one to be told.
    private static IEnumerable<NearConflict> FindInGroup(List<((int Client, int Index) Place, KeyUse Use)> group)
    {
        var model = group.Find(static entry => entry.Use.Near!.IsOn).Use;
        return group
            .Where(entry => model is not null && entry.Use.Near != model.Near)
            .Select(entry => new NearConflict(entry.Place, entry.Use, model));
    }
}

/// <summary>Two members of one key with different <c>Near</c> or <c>NearRevalidate</c>.</summary>
/// <param name="Place">Where the one that is told is declared: the interface among all, and the template in it.</param>
/// <param name="Use">The one that is told.</param>
/// <param name="Other">The one that it differs from.</param>
internal sealed record NearConflict((int Client, int Index) Place, KeyUse Use, KeyUse Other);
