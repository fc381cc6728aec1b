using System.Collections.Concurrent;
using System.Globalization;

namespace TypedCache.Tests.Tags;

/// <summary>
/// What reads may see: nothing that was made before the last invalidation that was complete before the read began. Moments are numbers that
/// grow with each event.
/// </summary>
internal sealed class TagModel(TimeProvider time, TimeSpan tagNear)
{
    private readonly ConcurrentDictionary<string, List<Change>> _changes = new();
    private readonly ConcurrentDictionary<long, long> _made = new();
    private long _moment;

    /// <summary>How many values have been looked at.</summary>
    public int Reads;

    private long Now => Interlocked.Increment(ref _moment);

    /// <summary>A value that begins to be created now.</summary>
    public string Create(string key)
    {
        var moment = Now;
        _made[moment] = moment;
        return $"{key}|{moment}";
    }

    /// <summary>A value that is about to be stored, as what it is only when the store ends: until then, it may come before or after anything.</summary>
    public string BeginStore(string key)
    {
        var moment = Now;
        _made[moment] = long.MaxValue;
        return $"{key}|{moment}";
    }

    /// <summary>The store has ended.</summary>
    public void EndStore(string value) => _made[IdOf(value)] = Now;

    /// <summary>Invalidates a tag, or removes it.</summary>
    public async Task ChangeAsync(string tag, bool removes, TagClient client)
    {
        var begun = Now;
        await (removes ? client.RemoveAsync(tag) : client.InvalidateAsync(tag));
        var change = new Change(begun, removes, client.Pool, time.GetUtcNow());
        var changes = _changes.GetOrAdd(tag, static _ => []);
        lock (changes)
        {
            changes.Add(change);
        }
    }

    /// <summary>What a read that begins now must not see.</summary>
    /// <param name="tags">The tags of the value.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="mayBeStale">Whether invalidated values are fine.</param>
    public long BoundOf(string[] tags, MemcachedPool reader, bool mayBeStale)
    {
        var seen = time.GetUtcNow() - tagNear;
        long bound = 0;
        foreach (var tag in tags)
        {
            var changes = _changes.GetOrAdd(tag, static _ => []);
            lock (changes)
            {
                foreach (var change in changes)
                {
                    if ((change.Removes || !mayBeStale) && (change.By == reader || tagNear == TimeSpan.Zero || change.Ended < seen))
                    {
                        bound = Math.Max(bound, change.Begun);
                    }
                }
            }
        }

        return bound;
    }

    /// <summary>Looks at what a read has given.</summary>
    public void Check(string key, string? value, long bound, string how)
    {
        if (value is null)
        {
            return;
        }

        Interlocked.Increment(ref Reads);
        Assert.StartsWith(key + "|", value, StringComparison.Ordinal);
        Assert.True(_made[IdOf(value)] > bound, $"{how} gave {value}, made at {_made[IdOf(value)]}, after an invalidation that began at {bound}");
    }

    private static long IdOf(string value) => long.Parse(value.AsSpan(value.IndexOf('|', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);

    private sealed record Change(long Begun, bool Removes, MemcachedPool By, DateTimeOffset Ended);
}
