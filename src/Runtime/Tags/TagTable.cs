using TypedCache.Keys;

namespace TypedCache.Tags;

/// <summary>The tags of many values, each once.</summary>
internal sealed class TagTable
{
    private readonly Dictionary<byte[], int> _positions = new(KeyComparer.Instance);
    private readonly List<byte[]> _keys = [];

    /// <summary>The keys, in the order of their positions.</summary>
    public byte[][] Keys => [.. _keys];

    /// <summary>Adds tags of a value.</summary>
    /// <returns>Their positions.</returns>
    public int[] Add(byte[][] keys) => Array.ConvertAll(keys, key => PositionOf(key));

    /// <inheritdoc cref="Add(byte[][])"/>
    public int[] Add(in TagKeys keys)
    {
        var positions = new int[keys.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = PositionOf(keys[i]);
        }

        return positions;
    }

    private int PositionOf(ReadOnlySpan<byte> key)
    {
        if (_positions.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var position))
        {
            return position;
        }

        var copy = key.ToArray();
        _positions.Add(copy, position = _keys.Count);
        _keys.Add(copy);
        return position;
    }
}
