using System.Diagnostics;
using System.Globalization;
using TypedCache.Values;

namespace TypedCache.FleetMember;

/// <summary>Many tasks which ask for one key whose value is outdated every second, and takes a while to create.</summary>
internal sealed class Load(MemcachedPool pool, string key)
{
    private const int Tasks = 50;

    private static readonly TimeSpan CreateTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly GetOrCreateOptions Options = new()
    {
        Expires = TimeSpan.FromSeconds(1),
        Stale = TimeSpan.FromMinutes(5),
    };

    private readonly SortedSet<int> _versions = [];
    private readonly List<double> _waits = [];
    private int _creates;
    private int _wrong;

    /// <summary>Runs, and prints what it has seen.</summary>
    /// <param name="members">How many processes begin together.</param>
    /// <param name="versions">At which version of the value it ends.</param>
    public async Task RunAsync(int members, int versions)
    {
        await MeetAsync(members);
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(_ => Task.Run(() => AskAsync(versions))));
        _waits.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"creates={_creates} wrong={_wrong} calls={_waits.Count} p50={At(0.5):0.0} p99={At(0.99):0.0} max={_waits[^1]:0.0} versions={string.Join(',', _versions)}"));
    }

    private async Task MeetAsync(int members)
    {
        var there = await pool.IncrementAsync("members", 1, initial: 1);
        while (there < (ulong)members)
        {
            await Task.Delay(Pause);
            there = await pool.IncrementAsync("members", 0, initial: 0);
        }
    }

    private async Task AskAsync(int versions)
    {
        var last = 0;
        while (last < versions)
        {
            var started = Stopwatch.GetTimestamp();
            var value = await pool.GetOrCreateAsync(key, this, static (load, token) => load.CreateAsync(token), CacheCodecs.String, Options);
            var waited = Stopwatch.GetElapsedTime(started);
            var version = value.StartsWith(key + "|", StringComparison.Ordinal) ? int.Parse(value.AsSpan(key.Length + 1), CultureInfo.InvariantCulture) : 0;
            lock (_versions)
            {
                _versions.Add(version);
                _wrong += version < Math.Max(last, 1) ? 1 : 0;

                // Before the first value there is no stale one either.
                if (last > 0)
                {
                    _waits.Add(waited.TotalMilliseconds);
                }
            }

            last = version;
            await Task.Delay(Pause);
        }
    }

    // Each run of this function in the fleet has a number of its own, which is the version of what it makes.
    private async ValueTask<string> CreateAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _creates);
        var version = await pool.IncrementAsync("creates", 1, initial: 1, cancellationToken: cancellationToken);
        await Task.Delay(CreateTime, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{key}|{version}");
    }

    private double At(double part) => _waits[(int)(part * (_waits.Count - 1))];
}
