using System.Collections.Concurrent;

namespace TypedCache.AspNetCore;

/// <summary>
/// Remembers from the miss of a response until it is stored which versions tags had, so that an eviction meanwhile counts. And it remembers the
/// tags of responses: the next time, evictions by other tags do not count.
/// </summary>
internal sealed class Renderings
{
    private const int MaxCount = 4096;

    private readonly ConcurrentDictionary<string, Rendering> _running = new();
    private readonly ConcurrentDictionary<string, string[]> _tags = new();

    /// <summary>The tags that the response to a key had the last time; null: they are not known.</summary>
    public string[]? TagsOf(string key) => _tags.GetValueOrDefault(key);

    /// <summary>Notes that a response was missing. Of several misses the first one counts: what is stored may have begun then.</summary>
    public void Begin(string key, Rendering rendering) => AddTo(_running, key, rendering);

    /// <summary>Notes that a response is about to be stored.</summary>
    /// <returns>What was noted when it was missing; null: nothing.</returns>
    public Rendering? End(string key, string[] tags)
    {
        _running.TryRemove(key, out var rendering);
        if (tags.Length == 0)
        {
            _tags.TryRemove(key, out _);
        }
        else if (TagsOf(key) is not { } known || !known.AsSpan().SequenceEqual(tags))
        {
            _tags.TryRemove(key, out _);
            AddTo(_tags, key, tags);
        }

        return rendering;
    }

    // What is needed comes back with the next responses.
    private static void AddTo<T>(ConcurrentDictionary<string, T> noted, string key, T value)
    {
        if (noted.Count >= MaxCount)
        {
            noted.Clear();
        }

        noted.TryAdd(key, value);
    }
}
