using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>Finds members of one key which do not agree on how long its value may be stale.</summary>
internal static class StaleConflicts
{
    /// <summary>The conflicts, each with the first member which has the key.</summary>
    /// <param name="clients">The templates of each interface.</param>
    public static EquatableArray<StaleConflict> Find(IEnumerable<EquatableArray<KeyUse>> clients) => new(clients
        .SelectMany(static (uses, client) => uses.Select((use, index) => (Place: (client, index), Use: use)))
        .Where(static entry => entry.Use.Stale is not null)
        .GroupBy(static entry => entry.Use.Shape)
        .SelectMany(static group => group
            .Where(entry => entry.Use.Stale != group.First().Use.Stale)
            .Select(entry => new StaleConflict(entry.Place, entry.Use, group.First().Use))));
}

/// <summary>Two members of one key with different <c>Stale</c>.</summary>
/// <param name="Place">Where the later one is declared: the interface among all, and the template in it.</param>
internal sealed record StaleConflict((int Client, int Index) Place, KeyUse Later, KeyUse Earlier);
