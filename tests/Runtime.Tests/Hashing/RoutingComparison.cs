using System.Text.Json;

namespace TypedCache.Tests.Hashing;

/// <summary>Compares where keys go with where they were recorded to go.</summary>
/// <param name="name">The name of the vectors.</param>
/// <param name="keys">The keys; null where PHP refuses the key.</param>
/// <param name="refused">What the vectors have for a refused key.</param>
internal sealed class RoutingComparison(string name, IReadOnlyList<byte[]?> keys, int refused = -1)
{
    private int _refusedKeys;

    public int Total { get; private set; }

    /// <summary>What differs, for the message of a failed test.</summary>
    public List<string> Differences { get; } = [];

    public void Add(JsonElement route, Func<byte[], int> find)
    {
        var expected = route.GetProperty("map").EnumerateArray().Select(index => index.GetInt32()).ToArray();
        Assert.Equal(keys.Count, expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var found = keys[i] is { } key ? find(key) : refused;
            Total++;
            _refusedKeys += keys[i] is null ? 1 : 0;
            if (found != expected[i])
            {
                Differences.Add($"{Describe(route)}: key {i} goes to {found}, not {expected[i]}");
            }
        }
    }

    public override string ToString() =>
        $"{name}: {Total} comparisons, {Differences.Count} differences ({_refusedKeys} of keys which PHP refuses)";

    private static string Describe(JsonElement route) => string.Join(' ', route.EnumerateObject()
        .Where(property => property.Name != "map").Select(property => $"{property.Name}={property.Value}"));
}
