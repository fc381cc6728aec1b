using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Values;

/// <summary>Builds a short ASCII text in a buffer that is large enough for it.</summary>
internal ref struct TextBuilder(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public void Append(byte character) => _buffer[Length++] = character;

    public void Append(scoped ReadOnlySpan<byte> characters)
    {
        characters.CopyTo(_buffer[Length..]);
        Length += characters.Length;
    }

    public void Append(string ascii)
    {
        foreach (var character in ascii)
        {
            Append((byte)character);
        }
    }

    public void AppendZeros(int count)
    {
        _buffer.Slice(Length, count).Fill((byte)'0');
        Length += count;
    }

    public void AppendNumber(int value, string format)
    {
        var fits = value.TryFormat(_buffer[Length..], out var written, format, CultureInfo.InvariantCulture);
        Debug.Assert(fits, "the caller's buffer has room for every form");
        Length += written;
    }
}
