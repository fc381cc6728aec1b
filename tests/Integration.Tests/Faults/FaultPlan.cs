namespace TypedCache.Integration.Tests.Faults;

/// <summary>Decides which fault comes when. The same seed gives the n-th connection of a proxy the same faults.</summary>
/// <param name="seed">Where the random numbers begin.</param>
/// <param name="rate">Which share of the pieces meets a fault, 0 to 1.</param>
/// <param name="kinds">The faults to choose from.</param>
internal sealed class FaultPlan(int seed, double rate, params FaultKind[] kinds)
{
    private readonly int[] _counts = new int[Enum.GetValues<FaultKind>().Length];

    /// <summary>A plan for one fault, which never comes before <see cref="Rate"/> is raised.</summary>
    public static FaultPlan Only(FaultKind kind) => new(seed: 1, rate: 0, kind);

    /// <summary>Which share of the pieces meets a fault. May be changed at any time.</summary>
    public double Rate { get; set; } = rate;

    /// <summary>All faults there are.</summary>
    public static FaultKind[] AllKinds { get; } = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None)];

    /// <summary>How often each fault has happened.</summary>
    public IReadOnlyDictionary<FaultKind, int> Counts => kinds.ToDictionary(kind => kind, kind => Volatile.Read(ref _counts[(int)kind]));

    /// <summary>The random numbers of one connection.</summary>
    public Random ForConnection(int number) => new(unchecked((seed * 7919) + number));

    /// <summary>The fault of the next piece.</summary>
    public FaultKind Next(Random random) => random.NextDouble() < Rate ? kinds[random.Next(kinds.Length)] : FaultKind.None;

    /// <summary>Counts a fault which has happened.</summary>
    public void Count(FaultKind kind) => Interlocked.Increment(ref _counts[(int)kind]);
}
