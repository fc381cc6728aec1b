using System.Buffers;

namespace TypedCache.Values;

/// <summary>
/// The bytes of one value on their way in or out. Keeps a small array after its first use and borrows larger ones,
/// so that a pooled operation writes and reads without allocating.
/// </summary>
internal sealed class PayloadBuffer : IBufferWriter<byte>
{
    private const int KeptSize = 512;

    private byte[]? _kept;
    private byte[] _buffer = [];
    private int _length;

    private bool IsBorrowed => _buffer.Length > KeptSize;

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <inheritdoc cref="Written"/>
    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _length);

    public int Length => _length;

    /// <summary>Forgets the content and gives a borrowed array back.</summary>
    public void Clear()
    {
        _length = 0;
        if (IsBorrowed)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = _kept ?? [];
        }
    }

    /// <summary>
    /// Gives a long content away together with its borrowed array, so that it need not be copied. Whoever takes it hands it to
    /// <see cref="Adopt"/>, or gives the array back to the shared pool.
    /// </summary>
    /// <returns>False if the content is short, and stays.</returns>
    public bool TryGiveAway(out ArraySegment<byte> content)
    {
        if (!IsBorrowed)
        {
            content = default;
            return false;
        }

        content = new ArraySegment<byte>(_buffer, 0, _length);
        _length = 0;
        _buffer = _kept ?? [];
        return true;
    }

    /// <summary>Takes over what another buffer has given away, in place of the content.</summary>
    public void Adopt(ArraySegment<byte> content)
    {
        Clear();
        _buffer = content.Array!;
        _length = content.Count;
    }

    /// <summary>Sets the length to exactly <paramref name="length"/> bytes, to be filled through the span.</summary>
    public Span<byte> Resize(int length)
    {
        _length = 0;
        EnsureFree(length);
        _length = length;
        return _buffer.AsSpan(0, length);
    }

    /// <summary>Makes the content longer by so many bytes, whatever they are, and returns all of it.</summary>
    public Span<byte> Extend(int count)
    {
        EnsureFree(count);
        _length += count;
        return _buffer.AsSpan(0, _length);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_length);
    }

    private void EnsureFree(int count)
    {
        if (_buffer.Length - _length >= count)
        {
            return;
        }

        if (_buffer.Length == 0 && count <= KeptSize)
        {
            _buffer = _kept = new byte[KeptSize];
            return;
        }

        var wanted = Math.Max((long)_length + count, Math.Min(2L * _buffer.Length, Array.MaxLength));
        if (wanted > Array.MaxLength)
        {
            throw new InvalidOperationException($"A value of {wanted} bytes is larger than an array can be.");
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)wanted);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        if (IsBorrowed)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
