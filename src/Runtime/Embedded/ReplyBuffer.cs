using System.Buffers.Text;

namespace TypedCache.Embedded;

/// <summary>A growing buffer of reply bytes: written at its end, read from its front. Used by one thread at a time.</summary>
internal sealed class ReplyBuffer
{
    /// <summary>At this many bytes no further command is started, so that a client that does not read cannot fill the memory.</summary>
    public const int RoomLimit = 1024 * 1024;

    private const int SmallSize = 4096;
    private const int LongestNumber = 20;

    private byte[] _bytes = new byte[SmallSize];
    private int _start;
    private int _end;

    public int Length => _end - _start;

    public bool HasRoom => Length < RoomLimit;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(_start, Length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _end += bytes.Length;
    }

    public void Write(byte value)
    {
        Reserve(1)[0] = value;
        _end++;
    }

    public void Write(ulong number)
    {
        number.TryFormat(Reserve(LongestNumber), out var written, default, null);
        _end += written;
    }

    public void Write(long number)
    {
        number.TryFormat(Reserve(LongestNumber), out var written, default, null);
        _end += written;
    }

    public void WriteBase64(ReadOnlySpan<byte> bytes)
    {
        Base64.EncodeToUtf8(bytes, Reserve(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        _end += written;
    }

    public void WriteLine(ReadOnlySpan<byte> text)
    {
        Write(text);
        Write("\r\n"u8);
    }

    /// <summary>Removes everything written since the buffer had this length.</summary>
    public void CutBackTo(int length) => _end = _start + length;

    /// <summary>Moves bytes from the front into <paramref name="destination"/>.</summary>
    public int Read(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, Length);
        _bytes.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        if (_start == _end)
        {
            Clear();
        }

        return count;
    }

    public void Clear()
    {
        _start = _end = 0;
        if (_bytes.Length > 2 * RoomLimit)
        {
            _bytes = new byte[SmallSize];
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _end < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(_end);
    }

    private void Grow(int count)
    {
        var target = Length + count <= _bytes.Length / 2 ? _bytes : new byte[Math.Max(Length + count, (int)Math.Min(2L * _bytes.Length, Array.MaxLength))];
        _bytes.AsSpan(_start, Length).CopyTo(target);
        _end = Length;
        _start = 0;
        _bytes = target;
    }
}
