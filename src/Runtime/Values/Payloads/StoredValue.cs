using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using TypedCache.Keys;
using TypedCache.Values.Php;

namespace TypedCache.Values;

/// <summary>
/// A value as it came from a server, uncompressed: its payload, its flags, and what they mean in the dialect. It lives
/// on the stack, because its bytes are valid only during the call that passes them.
/// </summary>
public readonly ref struct StoredValue
{
    private readonly ReadOnlySpan<byte> _key;
    private readonly ValueDialect _dialect;

    internal StoredValue(ReadOnlySpan<byte> key, uint flags, ReadOnlyMemory<byte> payload, ValueDialect dialect)
    {
        _key = key;
        _dialect = dialect;
        Flags = flags;
        Kind = dialect.Open(flags, ref payload);
        Payload = payload;
    }

    /// <summary>The bytes. They are valid only during the call that passes them.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The flags as stored.</summary>
    public uint Flags { get; }

    /// <summary>What the bytes are.</summary>
    public ValueKind Kind { get; }

    /// <summary>
    /// The value alone, without the versions of its tags: for codecs of those who read <see cref="ValueKind.Tagged"/> values by themselves.
    /// </summary>
    /// <param name="length">How many bytes of <see cref="Payload"/> are the value's; the rest belongs to the tags.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative, or more than there are.</exception>
    public StoredValue WithoutTags(int length) => new(_key, _dialect.Untag(Flags), Payload[..length], _dialect);

    /// <summary>Whether the value is the null of PHP or of another client.</summary>
    internal bool IsNull => Kind == ValueKind.Null || (Kind == ValueKind.PhpSerialized && Payload.Span.SequenceEqual("N;"u8));

    private bool IsText => Kind is ValueKind.Raw or ValueKind.Integer or ValueKind.Float or ValueKind.Boolean;

    /// <summary>Reads text; numbers and bools come as their text.</summary>
    /// <exception cref="CacheValueException">The value is of another kind, or not UTF-8.</exception>
    public string ReadText()
    {
        if (!IsText)
        {
            throw Unreadable("text");
        }

        try
        {
            return StrictUtf8.Encoding.GetString(Payload.Span);
        }
        catch (DecoderFallbackException exception)
        {
            throw Unreadable("text, because its bytes are not UTF-8; read it as bytes", exception);
        }
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="CacheValueException">The value is of another kind, is not a whole number, or does not fit.</exception>
    public long ReadInteger() => ReadNumber<long>();

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="CacheValueException">The value is of another kind, is not a whole number, or does not fit.</exception>
    public ulong ReadUnsigned() => ReadNumber<ulong>();

    /// <summary>Reads a floating-point number.</summary>
    /// <exception cref="CacheValueException">The value is of another kind, or not a number.</exception>
    public double ReadFloat() =>
        IsText && FloatText.TryRead(Payload.Span, out var value) ? value : throw Unreadable(nameof(Double));

    /// <summary>Reads a bool: one that was stored as such, or the text <c>1</c> or <c>0</c>.</summary>
    /// <exception cref="CacheValueException">The value is of another kind, or not a bool.</exception>
    public bool ReadBoolean()
    {
        var text = Payload.Span;
        return Kind switch
        {
            ValueKind.Boolean => _dialect.IsTrue(text),
            ValueKind.Raw or ValueKind.Integer when text.SequenceEqual("1"u8) => true,
            ValueKind.Raw or ValueKind.Integer when text.SequenceEqual("0"u8) => false,
            _ => throw Unreadable(nameof(Boolean)),
        };
    }

    /// <summary>Reads a date and time.</summary>
    /// <exception cref="CacheValueException">The value is of another kind, or not a date that .NET can hold.</exception>
    public DateTime ReadDateTime() =>
        Kind == ValueKind.Date && DateText.TryRead(Payload.Span, out var value) ? value : throw Unreadable(nameof(DateTime));

    /// <summary>The exception that says that the value cannot be read as the expected type. It names the key, the flags, what was found and what was expected.</summary>
    /// <param name="expected">What was expected, for example <c>Product as MessagePack</c>.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CacheValueException Unreadable(string expected, Exception? innerException = null)
    {
        var cause = innerException is null ? "" : $" {innerException.Message}";
        return new CacheValueException(
            $"The value of key {ShownText.Of(_key)} cannot be read as {expected}: flags 0x{Flags:X} say {Found()}.{cause} {Fix}", innerException)
        {
            Key = Encoding.UTF8.GetString(_key),
            Flags = Flags,
        };
    }

    /// <summary>Reads a whole number of any size.</summary>
    internal T ReadNumber<T>()
        where T : struct, IBinaryInteger<T>
    {
        // memcached pads a counter with spaces when it gets shorter (protocol.txt, "decr").
        var text = Payload.Span.TrimEnd((byte)' ');
        if (Kind == ValueKind.Boolean && text.IsEmpty)
        {
            return T.Zero;
        }

        if (Kind is ValueKind.Raw or ValueKind.Integer or ValueKind.Boolean
            && !text.IsEmpty
            && char.IsAsciiDigit((char)text[^1])
            && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        throw Unreadable(typeof(T).Name + (IsText && IsTooLargeFor<T>(text) ? $", because it is too large; read it as {nameof(UInt64)}" : ""));
    }

    private static bool IsTooLargeFor<T>(ReadOnlySpan<byte> text) =>
        typeof(T) != typeof(ulong) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // A version number of 32 bits, big-endian. serialize() writes text.
    private static ReadOnlySpan<byte> IgbinaryHeader => [0, 0, 0];

    private string Igbinary => $"that it was written by PHP's igbinary_serialize(), {Payload.Length} bytes";

    private string Found() => Kind switch
    {
        ValueKind.Raw => $"raw text or bytes, {ShownPayload}",
        ValueKind.Integer => $"a whole number, {ShownPayload}",
        ValueKind.Float => $"a floating-point number, {ShownPayload}",
        ValueKind.Boolean => $"a bool, {ShownPayload}",
        ValueKind.PhpSerialized when IsNull => "that it is PHP's null",
        ValueKind.PhpSerialized when Payload.Span.StartsWith(IgbinaryHeader) => Igbinary,
        ValueKind.PhpSerialized => $"that it was written by PHP's serialize(), {Payload.Length} bytes",
        ValueKind.Igbinary => Igbinary,
        ValueKind.Tagged => $"that it ends with the versions of its tags, {Payload.Length} bytes",
        ValueKind.Null => "that it is null",
        ValueKind.Date => $"a date, {ShownPayload}",
        _ => _dialect.Describe(Kind, Payload.Span),
    };

    // Short, because values can be secrets that should not end up in a log.
    private string ShownPayload =>
        Utf8.IsValid(Payload.Span) ? ShownText.Of(Payload.Span, maxBytes: 20) : $"{Payload.Length} bytes that are not UTF-8";

    private string Fix => Kind switch
    {
        ValueKind.PhpSerialized or ValueKind.Igbinary => PhpSerialized.WayOut + LikelyWriters,
        ValueKind.Tagged => "Read it by a method that has its tags, or delete the key.",
        <= ValueKind.MessagePack or ValueKind.Null or ValueKind.Date => $"Read it as the type it was written with, or delete the key.{LikelyWriters}",
        _ => _dialect.WayOut(Kind) + LikelyWriters,
    };

    private string LikelyWriters => LikelyWriter.Of(Flags, Payload.Span, _dialect.Identity);
}
