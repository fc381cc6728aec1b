using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>
/// Finds members that add to values that another interface stores, which can be compressed. An interface with both stores uncompressed.
/// </summary>
internal static class AppendConflicts
{
    /// <summary>The conflicts, each with the first member that stores such values.</summary>
    /// <param name="clients">The templates of each interface.</param>
    public static EquatableArray<AppendConflict> Find(IEnumerable<EquatableArray<KeyUse>> clients) => new(clients
        .SelectMany(static (uses, client) => uses.Select((use, index) => (Place: (Client: client, Index: index), Use: use)))
        .Where(static entry => entry.Use.Effect != KeyEffect.None)
        .GroupBy(static entry => entry.Use.Shape)
        .SelectMany(static group => FindInGroup([.. group])));

    private static IEnumerable<AppendConflict> FindInGroup(List<((int Client, int Index) Place, KeyUse Use)> group)
    {
        var appending = group.FindAll(static entry => entry.Use.Effect == KeyEffect.Appends);
        var compressing = group.FindAll(entry =>
            entry.Use.Effect == KeyEffect.Stores && !appending.Exists(other => other.Place.Client == entry.Place.Client));
        foreach (var entry in appending)
        {
            // What is of another type has a rule of its own.
            if (compressing.Find(other => other.Use.Value!.FitsTo(entry.Use.Value!)).Use is { } stores)
            {
                yield return new AppendConflict(entry.Place, entry.Use, stores);
            }
        }
    }
}

/// <summary>A member that adds to what another one stores.</summary>
/// <param name="Place">Where the one that adds is declared: the interface among all, and the template in it.</param>
/// <param name="Use">The one that adds.</param>
/// <param name="Other">The one that stores.</param>
internal sealed record AppendConflict((int Client, int Index) Place, KeyUse Use, KeyUse Other);
