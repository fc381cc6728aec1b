using System.Collections.Concurrent;
using System.Globalization;

namespace TypedCache.Tests.Near;

/// <summary>
/// What a cache stands in front of: values by key, each with a version which grows, and one writer at a time. It remembers since when
/// which versions may not be seen any more, and notes each value that was too old, or another key's.
/// </summary>
/// <param name="keys">How many keys there are.</param>
/// <param name="processes">How many processes make changes.</param>
/// <param name="time">The clock of the bounds.</param>
/// <param name="lengthOf">How much longer a key's values are than their names.</param>
internal sealed class NearTruth(int keys, int processes, TimeProvider time, Func<int, int> lengthOf)
{
    private const int NoiseLength = 16_384;

    // Text that hardly becomes shorter when it is compressed.
    private static readonly string Noise = string.Create(NoiseLength, new Random(13), static (text, random) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)random.Next('0', '|');
        }
    });

    private readonly SemaphoreSlim[] _writers = [.. Enumerable.Range(0, keys).Select(static _ => new SemaphoreSlim(1, 1))];
    private readonly ChangeHistory[] _histories = [.. Enumerable.Range(0, keys).Select(_ => new ChangeHistory(processes))];
    private readonly int[] _versions = new int[keys];
    private readonly ConcurrentQueue<string> _wrong = new();
    private long _checked;

    /// <summary>How many values were checked.</summary>
    public long Checked => Volatile.Read(ref _checked);

    /// <summary>What was wrong.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    public static string NameOf(int key) => $"key-{key}";

    public static int KeyOf(string name) => int.Parse(name.AsSpan("key-".Length), CultureInfo.InvariantCulture);

    /// <summary>The value as it is now.</summary>
    public string Read(int key) => $"{NameOf(key)}|{Volatile.Read(ref _versions[key])}|{NoiseOf(key)}";

    /// <summary>Changes a value, and then the cache.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="process">Who does.</param>
    /// <param name="change">Tells the cache, and says whether nobody may see an older version any more.</param>
    public async Task WriteAsync(int key, int process, Func<string, Task<bool>> change)
    {
        await _writers[key].WaitAsync();
        try
        {
            var version = Interlocked.Increment(ref _versions[key]);
            if (await change(Read(key)))
            {
                _histories[key].Add(version, time.GetTimestamp(), each => each == process);
            }
        }
        finally
        {
            _writers[key].Release();
        }
    }

    /// <summary>Changes all values, and then the cache, with no other writer under way.</summary>
    /// <param name="change">Tells the cache, so that nobody may see an older version of some keys any more.</param>
    /// <param name="isChanged">Which keys.</param>
    /// <param name="isOwn">Whose change it is.</param>
    public async Task WriteAllAsync(Func<Task> change, Predicate<int> isChanged, Predicate<int> isOwn)
    {
        foreach (var writer in _writers)
        {
            await writer.WaitAsync();
        }

        try
        {
            for (var key = 0; key < keys; key++)
            {
                Interlocked.Increment(ref _versions[key]);
            }

            await change();
            for (var key = 0; key < keys; key++)
            {
                if (isChanged(key))
                {
                    _histories[key].Add(_versions[key], time.GetTimestamp(), isOwn);
                }
            }
        }
        finally
        {
            Array.ForEach(_writers, static writer => writer.Release());
        }
    }

    /// <summary>The oldest version that somebody may see who asks the server now.</summary>
    public long FloorOf(int key) => _histories[key].Newest();

    /// <summary>The oldest version that somebody may see who may get what is near.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="process">Who reads.</param>
    /// <param name="seen">What was complete before this time has to be seen.</param>
    public long FloorOf(int key, int process, long seen) => _histories[key].Before(seen, process);

    /// <summary>Notes a value that is another key's, not whole, or too old.</summary>
    /// <param name="key">The key that was asked for.</param>
    /// <param name="value">What came; null: nothing.</param>
    /// <param name="floor">What <see cref="FloorOf(int)"/> said before the read.</param>
    /// <param name="how">How it was read.</param>
    public void Check(int key, string? value, long floor, string how)
    {
        if (value is null)
        {
            return;
        }

        Interlocked.Increment(ref _checked);
        if (VersionOf(key, value) is not { } version)
        {
            _wrong.Enqueue($"{how} of {NameOf(key)} gave '{value[..Math.Min(value.Length, 40)]}'");
        }
        else if (version < floor)
        {
            _wrong.Enqueue($"{how} of {NameOf(key)} gave version {version} after {floor} had replaced it");
        }
    }

    private static ReadOnlySpan<char> NoiseOf(int key, int length) => Noise.AsSpan(key % (NoiseLength - length), length);

    private ReadOnlySpan<char> NoiseOf(int key) => NoiseOf(key, lengthOf(key));

    private long? VersionOf(int key, ReadOnlySpan<char> value)
    {
        Span<char> name = stackalloc char[16];
        key.TryFormat(name, out var digits, default, CultureInfo.InvariantCulture);
        if (!value.StartsWith("key-", StringComparison.Ordinal) || !value[4..].StartsWith(name[..digits], StringComparison.Ordinal))
        {
            return null;
        }

        var rest = value[(4 + digits)..];
        return rest is ['|', .. var versionAndNoise]
            && versionAndNoise.IndexOf('|') is > 0 and var end
            && long.TryParse(versionAndNoise[..end], CultureInfo.InvariantCulture, out var version)
            && versionAndNoise[(end + 1)..].SequenceEqual(NoiseOf(key))
                ? version
                : null;
    }
}
