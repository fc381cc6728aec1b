using System.Buffers;
using TypedCache.Values;

namespace TypedCache.Caching;

/// <summary>Ends a serialization that takes more bytes than a value may have.</summary>
internal sealed class LimitedBufferWriter(IBufferWriter<byte> output, long limit) : IBufferWriter<byte>
{
    private long _written;

    public void Advance(int count)
    {
        _written += count;
        if (_written > limit)
        {
            throw new ValueTooLargeException($"The value takes more than {limit} bytes. Raise {nameof(TypedCacheHybridCacheOptions.MaximumPayloadBytes)}, or store less.");
        }

        output.Advance(count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);
}
