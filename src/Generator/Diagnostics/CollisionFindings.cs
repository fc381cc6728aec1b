using TypedCache.Generator.Keys;
using TypedCache.Generator.Keys.Collisions;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Diagnostics;

/// <summary>Says of two templates that can give the same key what is wrong with them.</summary>
internal static class CollisionFindings
{
    /// <summary>The finding, at the later of the two templates.</summary>
    /// <param name="collision">The collision.</param>
    /// <param name="places">The places of the templates of each interface.</param>
    public static Finding Create(KeyCollision collision, IReadOnlyList<EquatableArray<SourcePlace>> places)
    {
        var (later, earlier) = (collision.Later, collision.Earlier);
        var location = places[collision.Place.Client][collision.Place.Index].Location;
        string[] both = [later.Template, earlier.Template, earlier.Member, collision.Key];
        return collision.MixesTypes
            ? new Finding(Rules.KeyHoldsTwoTypes, location, new EquatableArray<string>([.. both, later.Value!.Name, earlier.Value!.Name]))
            : new Finding(Rules.KeyIsShared, location, new EquatableArray<string>(both));
    }

    /// <summary>Makes the finding, at the template of the member that adds.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="places">The places of the templates of each interface.</param>
    public static Finding Create(AppendConflict conflict, IReadOnlyList<EquatableArray<SourcePlace>> places) => new(
        conflict.Other.Effect == KeyEffect.Creates ? Rules.AppendsToCreated : Rules.AppendsToCompressed,
        places[conflict.Place.Client][conflict.Place.Index].Location,
        new EquatableArray<string>([conflict.Use.Member, conflict.Other.Member]));

    /// <summary>Makes the finding, at the template of the member that counts.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="places">The places of the templates of each interface.</param>
    public static Finding Create(CountConflict conflict, IReadOnlyList<EquatableArray<SourcePlace>> places) => new(
        Rules.NumberNotCounted,
        places[conflict.Place.Client][conflict.Place.Index].Location,
        new EquatableArray<string>([conflict.Use.Member, conflict.Other.Member, conflict.Other.Value!.DialectOfBytes!]));

    /// <summary>Makes the finding, at the template of the member that is told.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="places">The places of the templates of each interface.</param>
    public static Finding Create(StaleConflict conflict, IReadOnlyList<EquatableArray<SourcePlace>> places)
    {
        var (use, other) = (conflict.Use, conflict.Other);
        return new Finding(
            Rules.StaleDiffers,
            places[conflict.Place.Client][conflict.Place.Index].Location,
            new EquatableArray<string>([use.Member, Text(use), other.Member, Text(other)]));

        static string Text(KeyUse use) => use.Stale is { } seconds and > 0 ? Duration.Text(seconds) : "none";
    }

    /// <summary>Makes the finding, at the template of the member that is told.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="places">The places of the templates of each interface.</param>
    public static Finding Create(NearConflict conflict, IReadOnlyList<EquatableArray<SourcePlace>> places)
    {
        var (use, other) = (conflict.Use, conflict.Other);
        return new Finding(
            Rules.NearDiffers,
            places[conflict.Place.Client][conflict.Place.Index].Location,
            new EquatableArray<string>([use.Member, Text(use.Near!), other.Member, Text(other.Near!)]));

        static string Text(NearModel near) =>
            !near.IsOn ? "none"
            : near.Revalidate == 0 ? Duration.TextOfMilliseconds(near.Duration)
            : $"{Duration.TextOfMilliseconds(near.Duration)} with a NearRevalidate of {Duration.TextOfMilliseconds(near.Revalidate)}";
    }
}
