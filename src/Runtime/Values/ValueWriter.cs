using System.Buffers;

namespace TypedCache.Values;

/// <summary>Takes the one value which a codec writes, in the form of the pool's <see cref="ValueDialect"/>.</summary>
public ref struct ValueWriter
{
    private readonly ValueDialect _dialect;
    private readonly IBufferWriter<byte> _output;

    internal ValueWriter(ValueDialect dialect, IBufferWriter<byte> output)
    {
        _dialect = dialect;
        _output = output;
    }

    /// <summary>What has been written; <see cref="ValueKind.Unknown"/> as long as nothing has.</summary>
    internal ValueKind Kind { get; private set; } = ValueKind.Unknown;

    /// <summary>Writes bytes as they are.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    /// <summary>Writes text as UTF-8.</summary>
    public void WriteText(scoped ReadOnlySpan<char> text) => throw new NotSupportedException();

    /// <summary>Writes a whole number.</summary>
    public void WriteInteger(long value) => throw new NotSupportedException();

    /// <summary>Writes a whole number.</summary>
    public void WriteUnsigned(ulong value) => throw new NotSupportedException();

    /// <summary>Writes a floating-point number so that it comes back the same.</summary>
    public void WriteFloat(double value) => throw new NotSupportedException();

    /// <summary>Writes a bool.</summary>
    public void WriteBoolean(bool value) => throw new NotSupportedException();

    /// <summary>Begins a MessagePack value and gives the buffer for it.</summary>
    public IBufferWriter<byte> BeginMessagePack() => throw new NotSupportedException();
}
