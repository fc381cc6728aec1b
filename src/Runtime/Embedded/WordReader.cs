namespace TypedCache.Embedded;

/// <summary>Goes through the words of a line, which any number of spaces separates.</summary>
internal ref struct WordReader(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private int _at;

    public (int Start, int Length) Bounds { get; private set; }

    public readonly ReadOnlySpan<byte> Current => _line.Slice(Bounds.Start, Bounds.Length);

    public bool MoveNext()
    {
        while (_at < _line.Length && _line[_at] == ' ')
        {
            _at++;
        }

        if (_at == _line.Length)
        {
            return false;
        }

        var length = _line[_at..].IndexOf((byte)' ');
        length = length < 0 ? _line.Length - _at : length;
        Bounds = (_at, length);
        _at += length;
        return true;
    }
}
