using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys;

/// <summary>
/// Finds members that add to values that another member creates, or that another interface stores, which can be compressed. An interface
/// that stores and adds stores uncompressed.
/// </summary>
internal static class AppendConflicts
{
    /// <summary>The conflicts, each with the first member that creates or stores such values.</summary>
    /// <param name="clients">The templates of each interface.</param>
    public static EquatableArray<AppendConflict> Find(IEnumerable<EquatableArray<KeyUse>> clients) => new(clients
        .SelectMany(static (uses, client) => uses.Select((use, index) => (Place: (Client: client, Index: index), Use: use)))
        .Where(static entry => entry.Use.Effect != KeyEffect.None)
        .GroupBy(static entry => entry.Use.Shape)
        .SelectMany(static group => FindInGroup([.. group])));

    private static IEnumerable<AppendConflict> FindInGroup(List<((int Client, int Index) Place, KeyUse Use)> group)
    {
        var appending = group.FindAll(static entry => entry.Use.Effect == KeyEffect.Appends);
        var creating = group.FindAll(static entry => entry.Use.Effect == KeyEffect.Creates);
        var compressing = group.FindAll(entry =>
            entry.Use.Effect == KeyEffect.Stores && !appending.Exists(other => other.Place.Client == entry.Place.Client));
        foreach (var (place, use) in appending)
        {
            foreach (var others in new[] { creating, compressing })
            {
                // What is of another type has a rule of its own.
                if (others.Find(other => other.Use.Value!.FitsTo(use.Value!)).Use is { } first)
                {
                    yield return new AppendConflict(place, use, first);
                }
            }
        }
    }
}

/// <summary>A member that adds to what another one creates or stores.</summary>
/// <param name="Place">Where the one that adds is declared: the interface among all, and the template in it.</param>
/// <param name="Use">The one that adds.</param>
/// <param name="Other">The one that creates or stores.</param>
internal sealed record AppendConflict((int Client, int Index) Place, KeyUse Use, KeyUse Other);
