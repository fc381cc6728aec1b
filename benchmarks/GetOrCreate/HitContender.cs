namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>One way to read a value, and what was measured of it, round by round.</summary>
internal sealed record HitContender(string Name, IContender Cache)
{
    public List<HitSample> Samples { get; } = [];
}
