using System.Collections.Concurrent;
using System.Globalization;

namespace TypedCache.Tests.Near;

/// <summary>
/// What reads of values with tags may see, where values and the versions of their tags are kept near: nothing that was made before the last
/// change of a tag, or write of the key, that has to be seen. Moments are numbers that grow with each event.
/// </summary>
/// <param name="keys">How many keys there are.</param>
/// <param name="tags">How many tags there are.</param>
/// <param name="processes">How many processes make changes.</param>
/// <param name="time">The clock of the bounds.</param>
/// <param name="hasLeases">Whether a value is stored only if its key has not changed since it began to be created.</param>
internal sealed class TagTruth(int keys, int tags, int processes, TimeProvider time, bool hasLeases = true)
{
    private readonly SemaphoreSlim[] _writers = [.. Enumerable.Range(0, keys).Select(static _ => new SemaphoreSlim(1, 1))];
    private readonly SemaphoreSlim[] _changers = [.. Enumerable.Range(0, tags).Select(static _ => new SemaphoreSlim(1, 1))];
    private readonly ChangeHistory[] _writes = [.. Enumerable.Range(0, keys).Select(_ => new ChangeHistory(processes))];
    private readonly ChangeHistory[] _changes = [.. Enumerable.Range(0, tags).Select(_ => new ChangeHistory(processes))];
    private readonly ChangeHistory[] _removals = [.. Enumerable.Range(0, tags).Select(_ => new ChangeHistory(processes))];
    private readonly ConcurrentDictionary<long, long> _stored = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private long _moment;
    private long _checked;

    /// <summary>How many values were checked.</summary>
    public long Checked => Volatile.Read(ref _checked);

    /// <summary>What was wrong.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    private long Now => Interlocked.Increment(ref _moment);

    public static string NameOf(int key) => $"tagged-{key}";

    public static int KeyOf(string name) => int.Parse(name.AsSpan("tagged-".Length), CultureInfo.InvariantCulture);

    /// <summary>Two for each key, so that keys share some.</summary>
    public int[] TagsOf(int key) => [key % tags, (key + 1) % tags];

    /// <summary>A value that begins to be created now.</summary>
    public string Create(int key) => $"{NameOf(key)}|{Now}";

    /// <summary>Stores a value or deletes it.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="process">Who does.</param>
    /// <param name="write">Tells the cache.</param>
    public async Task WriteAsync(int key, int process, Func<string, Task> write)
    {
        await _writers[key].WaitAsync();
        try
        {
            // Until the write ends, it may come before or after any change of a tag.
            var moment = Now;
            _stored[moment] = long.MaxValue;
            await write($"{NameOf(key)}|{moment}");
            _stored[moment] = Now;
            if (hasLeases)
            {
                _writes[key].Add(moment, time.GetTimestamp(), each => each == process);
            }
        }
        finally
        {
            _writers[key].Release();
        }
    }

    /// <summary>Invalidates a tag, or removes it.</summary>
    public async Task ChangeAsync(int tag, int process, bool removes, Func<Task> change)
    {
        await _changers[tag].WaitAsync();
        try
        {
            var begun = Now;
            await change();
            var ended = time.GetTimestamp();
            _changes[tag].Add(begun, ended, each => each == process);
            if (removes)
            {
                _removals[tag].Add(begun, ended, each => each == process);
            }
        }
        finally
        {
            _changers[tag].Release();
        }
    }

    /// <summary>What a read must not see that begins now.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="process">Who reads.</param>
    /// <param name="seen">Which writes of the key have to be seen: those that were complete before this time.</param>
    /// <param name="tagsSeen">The same for changes of tags.</param>
    /// <param name="mayBeStale">Whether invalidated values are fine.</param>
    public Bounds BoundsOf(int key, int process, long seen, long tagsSeen, bool mayBeStale)
    {
        var changes = mayBeStale ? _removals : _changes;
        return new Bounds(
            _writes[key].Before(seen, process),
            Math.Max(changes[key % tags].Before(tagsSeen, process), changes[(key + 1) % tags].Before(tagsSeen, process)));
    }

    /// <summary>Notes a value that is another key's, or too old.</summary>
    public void Check(int key, string? value, Bounds bounds, string how)
    {
        if (value is null)
        {
            return;
        }

        Interlocked.Increment(ref _checked);
        var parts = value.Split('|');
        if (parts.Length != 2 || parts[0] != NameOf(key) || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var begun))
        {
            _wrong.Enqueue($"{how} of {NameOf(key)} gave '{value}'");
        }
        else if (begun < bounds.Written)
        {
            _wrong.Enqueue($"{how} gave {value} after a write that began at {bounds.Written}");
        }
        else if (_stored.GetValueOrDefault(begun, begun) is var made && made <= bounds.Changed)
        {
            _wrong.Enqueue($"{how} gave {value}, made at {made}, after a change of its tags that began at {bounds.Changed}");
        }
    }

    /// <summary>What a read must not see.</summary>
    /// <param name="Written">What was begun to be made before this.</param>
    /// <param name="Changed">What was made before this.</param>
    internal readonly record struct Bounds(long Written, long Changed);
}
