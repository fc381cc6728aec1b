using System.Globalization;

namespace TypedCache.Tests.Creation;

/// <summary>
/// What a cache stands in front of: values by key, each with a version which grows. It remembers what callers may not see any more.
/// </summary>
internal sealed class VersionedSource(int keys)
{
    private readonly SemaphoreSlim[] _writers = [.. Enumerable.Range(0, keys).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly int[] _versions = new int[keys];
    private readonly int[] _floors = new int[keys];
    private int _checked;

    /// <summary>How many values were checked.</summary>
    public int Checked => Volatile.Read(ref _checked);

    public static string KeyOf(int key) => $"key-{key}";

    /// <summary>The value as it is now.</summary>
    public string Read(int key) => $"{KeyOf(key)}|{Volatile.Read(ref _versions[key])}|{new string('x', key)}";

    /// <summary>The oldest version which a caller may see who begins now.</summary>
    public int FloorOf(int key) => Volatile.Read(ref _floors[key]);

    /// <summary>Changes the value, and then the cache.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="change">Tells the cache.</param>
    /// <param name="isHard">Whether nobody may see the version before, once the cache has been told.</param>
    public async Task WriteAsync(int key, Func<string, Task> change, bool isHard)
    {
        await _writers[key].WaitAsync();
        try
        {
            var version = Interlocked.Increment(ref _versions[key]);
            await change(Read(key));
            if (isHard)
            {
                Volatile.Write(ref _floors[key], version);
            }
        }
        finally
        {
            _writers[key].Release();
        }
    }

    /// <summary>Fails the test where a caller has got another key's value, none at all, or one which is too old.</summary>
    /// <param name="key">The key which was asked for.</param>
    /// <param name="value">What came.</param>
    /// <param name="floor">What <see cref="FloorOf"/> said before the call.</param>
    public void Check(int key, string value, int floor)
    {
        Interlocked.Increment(ref _checked);
        var parts = value.Split('|');
        Assert.True(parts.Length == 3 && parts[0] == KeyOf(key) && parts[2].Length == key, $"'{value}' is no value of {KeyOf(key)}");
        var version = int.Parse(parts[1], CultureInfo.InvariantCulture);
        Assert.True(version >= floor, $"{KeyOf(key)}: version {version} came after version {floor} had replaced it");
    }
}
