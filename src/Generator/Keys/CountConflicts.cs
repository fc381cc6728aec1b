using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>Finds counters whose number another member stores in a form of its dialect that the server cannot count.</summary>
internal static class CountConflicts
{
    /// <summary>The conflicts, each with the first member that stores such a number.</summary>
    /// <param name="clients">The templates of each interface.</param>
    public static EquatableArray<CountConflict> Find(IEnumerable<EquatableArray<KeyUse>> clients) => new(clients
        .SelectMany(static (uses, client) => uses.Select((use, index) => (Place: (client, index), Use: use)))
        .Where(static entry => entry.Use.Value is { IsCounter: true } || Stores(entry.Use))
        .GroupBy(static entry => (entry.Use.Shape.WithoutLimits().Parts, entry.Use.Shape.Policy == KeyPolicy.Pecl))
        .SelectMany(static group => FindInGroup([.. group])));

    private static IEnumerable<CountConflict> FindInGroup(List<((int Client, int Index) Place, KeyUse Use)> group)
    {
        var stored = group.Find(static entry => Stores(entry.Use)).Use;
        return group
            .Where(entry => stored is not null && entry.Use.Value!.IsCounter)
            .Select(entry => new CountConflict(entry.Place, entry.Use, stored));
    }

    private static bool Stores(KeyUse use) => use is { Effect: KeyEffect.Stores or KeyEffect.Creates, Value.DialectOfBytes: not null };
}

/// <summary>A member that counts what another one stores in a form that cannot be counted.</summary>
/// <param name="Place">Where the one that counts is declared: the interface among all, and the template in it.</param>
/// <param name="Use">The one that counts.</param>
/// <param name="Other">The one that stores.</param>
internal sealed record CountConflict((int Client, int Index) Place, KeyUse Use, KeyUse Other);
