using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TypedCache.Values;

/// <summary>Takes the one value that a codec writes, in the form of the pool's <see cref="ValueDialect"/>.</summary>
public ref struct ValueWriter
{
    private const int MaxNumberLength = 20;

    // Up to here it is cheaper to make room for the worst case than to count.
    private const int ShortText = 256;

    private readonly ValueDialect _dialect;
    private readonly PayloadBuffer _output;
    private readonly object _codec;
    private TypeCode _type = TypeCode.Object;
    private uint _untaggedFlags;
    private bool _isTagged;
    private bool _isBareText;

    internal ValueWriter(ValueDialect dialect, PayloadBuffer output, object codec)
    {
        _dialect = dialect;
        _output = output;
        _codec = codec;
    }

    /// <summary>What has been written; <see cref="ValueKind.Unknown"/> until then.</summary>
    internal ValueKind Kind { get; private set; } = ValueKind.Unknown;

    /// <summary>Whether the value is not compressed, whatever its size.</summary>
    internal bool StaysUncompressed { get; set; }

    /// <summary>Whether what is <see cref="ValueKind.Raw"/> was written as text.</summary>
    internal readonly bool IsText => _type == TypeCode.String;

    /// <summary>Writes bytes as they are.</summary>
    /// <exception cref="InvalidOperationException">The codec has already written a value.</exception>
    public void WriteRaw(scoped ReadOnlySpan<byte> bytes)
    {
        Begin(ValueKind.Raw);
        _output.Write(bytes);
    }

    /// <summary>Begins bytes that are stored as they are, and returns the buffer for them. It may stay empty.</summary>
    /// <exception cref="InvalidOperationException">The codec has already written a value.</exception>
    public IBufferWriter<byte> BeginRaw()
    {
        Begin(ValueKind.Raw);
        return _output;
    }

    /// <summary>Writes text as UTF-8.</summary>
    /// <exception cref="ArgumentException">The text has a lone surrogate, which UTF-8 cannot hold.</exception>
    /// <exception cref="InvalidOperationException">The codec has already written a value.</exception>
    public void WriteText(scoped ReadOnlySpan<char> text)
    {
        Begin(ValueKind.Raw);
        _type = TypeCode.String;
        try
        {
            var room = text.Length <= ShortText ? StrictUtf8.Encoding.GetMaxByteCount(text.Length) : StrictUtf8.Encoding.GetByteCount(text);
            _output.Advance(StrictUtf8.Encoding.GetBytes(text, _output.GetSpan(room)));
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException(
                "The text has half of a surrogate pair, which UTF-8 cannot hold. Fix the text, or store it as bytes.", nameof(text), exception);
        }
    }

    /// <summary>Writes a whole number.</summary>
    /// <exception cref="InvalidOperationException">The codec has already written a value.</exception>
    public void WriteInteger(long value) => WriteInteger(value, TypeCode.Int64);

    /// <summary>Writes a whole number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Under <see cref="ValueDialect.Spymemcached"/>: it is beyond <see cref="long.MaxValue"/>.</exception>
    /// <exception cref="InvalidOperationException">The codec has already written a value.</exception>
    public void WriteUnsigned(ulong value) => WriteUnsigned(value, TypeCode.UInt64);

    /// <summary>Writes a floating-point number so that it comes back the same.</summary>
    /// <exception cref="InvalidOperationException">The codec has already written a value.</exception>
    public void WriteFloat(double value) => WriteFloat(value, TypeCode.Double);

    /// <summary>Writes a bool.</summary>
    /// <exception cref="InvalidOperationException">The codec has already written a value.</exception>
    public void WriteBoolean(bool value)
    {
        Begin(ValueKind.Boolean);
        _output.Write(_dialect.TextOf(value));
    }

    /// <summary>
    /// Writes a date and time in the form of the client whose dialect it is: <see cref="ValueDialect.Enyim"/> keeps ticks and
    /// <see cref="DateTime.Kind"/>; <see cref="ValueDialect.Spymemcached"/> and <see cref="ValueDialect.NodeMemcached"/> keep milliseconds of
    /// UTC, for which they take a date of unspecified kind.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The dialect has no form of its own for dates, or the codec has already written a value.
    /// </exception>
    public void WriteDateTime(DateTime value)
    {
        Begin(ValueKind.Date);
        _type = TypeCode.DateTime;
        _dialect.WriteDateTime(value, _output);
    }

    /// <summary>Begins a MessagePack value and returns the buffer for it.</summary>
    /// <exception cref="InvalidOperationException">The codec has already written a value.</exception>
    public IBufferWriter<byte> BeginMessagePack()
    {
        Begin(ValueKind.MessagePack);
        return _output;
    }

    /// <summary>Begins what follows a value that has been written: the versions of its tags.</summary>
    /// <exception cref="InvalidOperationException">The codec has written nothing.</exception>
    internal IBufferWriter<byte> BeginTags()
    {
        _untaggedFlags = Finish();
        _isTagged = true;
        return _output;
    }

    /// <summary>Ends the value and returns its flags, apart from compression.</summary>
    /// <exception cref="InvalidOperationException">The codec has written nothing.</exception>
    internal uint Finish()
    {
        if (_isTagged)
        {
            return _dialect.Tag(_untaggedFlags);
        }

        if (Kind == ValueKind.Unknown || (Kind == ValueKind.MessagePack && _output.Length == 0))
        {
            throw new InvalidOperationException(
                $"The codec {_codec.GetType()} wrote no value. Its Write method has to call exactly one method of the ValueWriter.");
        }

        return _isBareText ? 0 : _dialect.Finish(Kind, _type, _output);
    }

    /// <summary>Writes a number that servers can count: as digits, which the client sees under flags 0 where it has another form for numbers.</summary>
    internal void WriteCounter(ulong value)
    {
        _isBareText = !BeginNumber(ValueKind.Integer, TypeCode.UInt64);
        WriteText(value);
    }

    /// <summary>Writes a whole number of a type of at most 64 bits.</summary>
    internal void WriteInteger(long value, TypeCode type)
    {
        if (BeginNumber(ValueKind.Integer, type))
        {
            WriteText(value);
        }
        else
        {
            _dialect.WriteInteger((ulong)value, type, _output);
        }
    }

    /// <inheritdoc cref="WriteInteger(long, TypeCode)"/>
    internal void WriteUnsigned(ulong value, TypeCode type)
    {
        if (BeginNumber(ValueKind.Integer, type))
        {
            WriteText(value);
        }
        else
        {
            _dialect.WriteInteger(value, type, _output);
        }
    }

    /// <summary>Writes a floating-point number of a type of at most 64 bits.</summary>
    internal void WriteFloat(double value, TypeCode type)
    {
        BeginNumber(ValueKind.Float, type);
        _dialect.WriteFloat(value, type, _output);
    }

    // Whether whole numbers are text.
    private bool BeginNumber(ValueKind kind, TypeCode type)
    {
        Begin(kind);
        _type = type;
        return _dialect.NumbersAreText;
    }

    private readonly void WriteText<T>(T value)
        where T : IUtf8SpanFormattable
    {
        var fits = value.TryFormat(_output.GetSpan(MaxNumberLength), out var written, default, CultureInfo.InvariantCulture);
        Debug.Assert(fits, "a 64-bit number has at most 20 characters");
        _output.Advance(written);
    }

    private void Begin(ValueKind kind)
    {
        if (Kind != ValueKind.Unknown)
        {
            throw new InvalidOperationException(
                $"The codec {_codec.GetType()} wrote a second value. Its Write method has to call exactly one method of the ValueWriter.");
        }

        Kind = kind;
    }
}
