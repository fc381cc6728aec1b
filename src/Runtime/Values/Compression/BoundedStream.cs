namespace TypedCache.Values;

/// <summary>
/// A stream over a part of an array. It takes no more bytes when the part is full, and says so instead of throwing, because a
/// compressed value that has grown too large is common.
/// </summary>
internal sealed class BoundedStream(byte[] buffer, int capacity) : Stream
{
    private int _length;

    /// <summary>Whether more was written than there was room for.</summary>
    public bool HasOverflowed { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, _length);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        HasOverflowed |= bytes.Length > capacity - _length;
        if (!HasOverflowed)
        {
            bytes.CopyTo(buffer.AsSpan(_length));
            _length += bytes.Length;
        }
    }

    public override void Write(byte[] bytes, int offset, int count) => Write(bytes.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
