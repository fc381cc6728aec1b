using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Protocol;

/// <summary>The keys of a multi-get.</summary>
internal sealed class KeyList
{
    private readonly PayloadBuffer _text = new();
    private readonly List<(int Start, int Length)> _keys = [];

    public int Count => _keys.Count;

    /// <summary>The keys with a space before each, as they follow <c>get</c>.</summary>
    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    public ReadOnlySpan<byte> this[int position]
    {
        get
        {
            var (start, length) = _keys[position];
            return Text.Slice(start, length);
        }
    }

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="shownAs">What is shown in its place; null: the key itself.</param>
    /// <exception cref="CacheKeyException">The key is not valid.</exception>
    public void Add(ReadOnlySpan<byte> key, string? shownAs = null)
    {
        CacheKeyWriter.Validate(key, shownAs);
        var target = _text.GetSpan(key.Length + 1);
        target[0] = (byte)' ';
        key.CopyTo(target[1..]);
        _keys.Add((_text.Length + 1, key.Length));
        _text.Advance(key.Length + 1);
    }

    public void Clear()
    {
        _text.Clear();
        _keys.Clear();
    }
}
