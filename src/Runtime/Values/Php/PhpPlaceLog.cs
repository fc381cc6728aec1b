namespace TypedCache.Values.Php;

/// <summary>Which place of the structure was written at which offset. Offsets only grow.</summary>
internal sealed class PhpPlaceLog
{
    private long[] _offsets = new long[16];
    private PhpPlace[] _places = new PhpPlace[16];
    private int _count;

    public void Clear() => _count = 0;

    public void Add(long offset, in PhpPlace place)
    {
        if (_count == _offsets.Length)
        {
            Array.Resize(ref _offsets, 2 * _count);
            Array.Resize(ref _places, 2 * _count);
        }

        _offsets[_count] = offset;
        _places[_count++] = place;
    }

    /// <summary>Finds what was written at an offset.</summary>
    public bool TryFind(long offset, out PhpPlace place)
    {
        var index = Array.BinarySearch(_offsets, 0, _count, offset);
        place = index >= 0 ? _places[index] : default;
        return index >= 0;
    }

    /// <summary>What was written before an offset, in order.</summary>
    public ReadOnlySpan<PhpPlace> Before(long offset)
    {
        var index = Array.BinarySearch(_offsets, 0, _count, offset);
        return _places.AsSpan(0, index >= 0 ? index : ~index);
    }
}
