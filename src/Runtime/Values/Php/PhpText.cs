using System.Buffers.Text;

namespace TypedCache.Values.Php;

/// <summary>Reads PHP's <c>serialize()</c> text piece by piece.</summary>
/// <param name="bytes">The text.</param>
internal ref struct PhpText(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly bool IsAtEnd => _position == _bytes.Length;

    /// <summary>How many bytes are left; no count in the text can be larger.</summary>
    public readonly int Left => _bytes.Length - _position;

    /// <summary>The letter that says what comes next.</summary>
    /// <exception cref="InvalidDataException">The text ends here.</exception>
    public readonly byte Peek() => IsAtEnd ? throw Damaged() : _bytes[_position];

    /// <summary>Takes exactly these bytes.</summary>
    /// <exception cref="InvalidDataException">Other bytes come.</exception>
    public void Expect(scoped ReadOnlySpan<byte> expected)
    {
        if (!_bytes[_position..].StartsWith(expected))
        {
            throw Damaged();
        }

        _position += expected.Length;
    }

    /// <summary>Takes everything up to a byte, and the byte.</summary>
    /// <exception cref="InvalidDataException">There is no such byte.</exception>
    public ReadOnlySpan<byte> TakeUntil(byte end)
    {
        var length = _bytes[_position..].IndexOf(end);
        if (length < 0)
        {
            throw Damaged();
        }

        var taken = _bytes.Slice(_position, length);
        _position += length + 1;
        return taken;
    }

    /// <summary>Takes a whole number and the byte after it.</summary>
    /// <exception cref="InvalidDataException">Something else comes, or the number has more than 64 bits.</exception>
    public long TakeNumber(byte end)
    {
        var text = TakeUntil(end);
        return Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length ? number : throw Damaged();
    }

    /// <summary>Takes a length or count, which the rest of the text has to be able to hold, and the byte after it.</summary>
    /// <exception cref="InvalidDataException">Something else comes, or the number is too large.</exception>
    public int TakeCount(byte end)
    {
        var count = TakeNumber(end);
        return count >= 0 && count <= Left ? (int)count : throw Damaged();
    }

    /// <summary>Takes a string with its length and quotes: <c>5:"hello"</c>.</summary>
    /// <exception cref="InvalidDataException">Something else comes.</exception>
    public ReadOnlySpan<byte> TakeString()
    {
        var length = TakeCount((byte)':');
        Expect("\""u8);
        if (length > Left)
        {
            throw Damaged();
        }

        var taken = _bytes.Slice(_position, length);
        _position += length;
        Expect("\""u8);
        return taken;
    }

    /// <summary>The exception for a text that does not continue as it should.</summary>
    public readonly InvalidDataException Damaged() => new($"The text of PHP's serialize() is damaged or cut off at byte {_position}.");
}
