namespace TypedCache.Integration.Tests.Near;

/// <summary>The keys of a schedule: some that are asked for all the time, some whose values are large, and many others.</summary>
internal static class NearKeys
{
    public const int Hot = 24;
    public const int Count = 1500;

    /// <summary>Whether the values of a key may be stale.</summary>
    public static bool MayBeStale(int key) => key % 3 == 2;

    /// <summary>
    /// How long the values of a key are: those of some hot ones are so large that a server is asked for their number alone. All others are of
    /// one size, so that servers with little memory soon have no room for them.
    /// </summary>
    public static int LengthOf(int key) => key < Hot
        ? key % 8 == 0 ? 8000 : 20 + key
        : 12_000;

    public static int Next(Random random) => random.Next(4) == 0 ? random.Next(Count) : random.Next(Hot);
}
