using System.Diagnostics;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>What a fleet did. The callers of the cold start, who had no value yet, count for the creates only.</summary>
internal sealed class FleetResult
{
    // The value a create has given is not in memcached at the very moment when the create function ends.
    private static readonly TimeSpan Storing = TimeSpan.FromMilliseconds(50);

    private readonly List<int> _creates;
    private readonly Call[] _byLatency;

    public FleetResult(IEnumerable<(long Started, long Ended)> creates, IReadOnlyCollection<Call> calls)
    {
        var sorted = creates.Order().ToArray();
        _creates = [.. CountTogether(sorted)];
        var warm = sorted[0].Ended + (2 * Stopwatch.Frequency);
        _byLatency = [.. calls.Where(call => call.Started > warm).OrderBy(call => call.Took)];
    }

    /// <summary>How many creates filled the empty cache.</summary>
    public int ColdCreates => _creates[0];

    /// <summary>How often the value was created anew after that.</summary>
    public int Expiries => _creates.Count - 1;

    public double CreatesPerExpiry => _creates.Skip(1).Average();

    public int MostCreatesPerExpiry => _creates.Skip(1).Max();

    public int Calls => _byLatency.Length;

    public TimeSpan Longest => _byLatency[^1].Took;

    public TimeSpan Oldest => _byLatency.Max(call => call.Age);

    public TimeSpan Percentile(double part) => _byLatency[(int)(part * (_byLatency.Length - 1))].Took;

    // Creates which overlap belong to one expiry: each but the first of them was needless.
    private static IEnumerable<int> CountTogether((long Started, long Ended)[] sorted)
    {
        var count = 0;
        var end = sorted[0].Ended;
        foreach (var create in sorted)
        {
            if (create.Started > end + (long)(Storing.TotalSeconds * Stopwatch.Frequency))
            {
                yield return count;
                count = 0;
            }

            count++;
            end = Math.Max(end, create.Ended);
        }

        yield return count;
    }
}
