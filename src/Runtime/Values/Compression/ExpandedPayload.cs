using System.Buffers;
using System.Numerics;

namespace TypedCache.Values;

/// <summary>
/// The memory into which one compressed value is expanded. The budget of all readers is asked before any is taken, and gets it back on
/// <see cref="Dispose"/>.
/// </summary>
/// <param name="budget">What all readers of the pool may have together.</param>
/// <param name="maxSize">The most bytes to which this value may expand.</param>
internal sealed class ExpandedPayload(ExpansionBudget budget, int maxSize) : IDisposable
{
    /// <summary>Up to this size arrays are borrowed. Larger ones are allocated, exactly as large as the value: borrowed ones are powers of two.</summary>
    public const int LargestBorrowed = 1024 * 1024;

    private const int SmallestBorrowed = 4096;

    private byte[] _buffer = [];
    private bool _isBorrowed;

    /// <summary>The most bytes to which this value may expand.</summary>
    public int MaxSize => maxSize;

    /// <summary>How many bytes have been expanded.</summary>
    public int Length { get; private set; }

    /// <summary>What has been expanded.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>The room behind what has been expanded; it may be more than was asked for.</summary>
    public Span<byte> Free => _buffer.AsSpan(Length);

    /// <summary>Starts over, with room for so many bytes.</summary>
    /// <exception cref="ExpansionRefusedException">The value may not be so large, or the readers of the pool have too much already.</exception>
    public void Begin(int size)
    {
        if (size > maxSize)
        {
            throw TooLarge();
        }

        Dispose();
        Take(size);
    }

    /// <summary>Keeps what has been expanded, and makes room for so many bytes in all.</summary>
    /// <exception cref="ExpansionRefusedException">The readers of the pool have too much already.</exception>
    public void Grow(int size)
    {
        var (smaller, length, wasBorrowed) = (_buffer, Length, _isBorrowed);
        Take(size);
        smaller.AsSpan(0, length).CopyTo(_buffer);
        Length = length;
        GiveBack(smaller, wasBorrowed);
    }

    /// <summary>Says how many bytes have been put into <see cref="Free"/>.</summary>
    /// <exception cref="ExpansionRefusedException">The value may not be so large.</exception>
    public void Advance(int count)
    {
        Length += count;
        if (Length > maxSize)
        {
            throw TooLarge();
        }
    }

    /// <summary>The refusal of a value that expands to more than it may.</summary>
    public ExpansionRefusedException TooLarge() => new(
        $"it expands to more than the {maxSize} bytes allowed. Raise {nameof(CompressionOptions)}.{nameof(CompressionOptions.MaxExpandedSize)} if the value is yours, otherwise delete the key.");

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        GiveBack(_buffer, _isBorrowed);
        (_buffer, Length, _isBorrowed) = ([], 0, false);
    }

    private void Take(int size)
    {
        var isBorrowed = size <= LargestBorrowed;
        var taken = isBorrowed ? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(size, SmallestBorrowed)) : size;
        if (!budget.TryReserve(taken))
        {
            throw new ExpansionRefusedException(
                $"it needs {taken} bytes, and {budget.Reserved} of the {budget.Limit} that all callers of the pool may have together are in use. Raise {nameof(CompressionOptions)}.{nameof(CompressionOptions.MaxExpandedTogether)}, or read fewer compressed values at once.");
        }

        try
        {
            _buffer = isBorrowed ? ArrayPool<byte>.Shared.Rent(taken) : GC.AllocateUninitializedArray<byte>(taken);
            _isBorrowed = isBorrowed;
        }
        catch (OutOfMemoryException)
        {
            // Else the budget would shrink for good whenever memory is short.
            budget.Release(taken);
            throw;
        }
    }

    private void GiveBack(byte[] buffer, bool isBorrowed)
    {
        if (isBorrowed)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        budget.Release(buffer.Length);
    }
}
