using System.Globalization;

namespace TypedCache.Hashing;

/// <summary>A key with a number in front of it, one number after the other: <c>0key</c>, <c>1key</c>.</summary>
internal readonly ref struct NumberedKey
{
    /// <summary>Room for keys that hardly any exceeds.</summary>
    public const int StackSize = 512;

    private const int MaxDigits = 10;

    private readonly Span<byte> _buffer;

    /// <summary>Takes the key.</summary>
    /// <param name="key">The key. It is only hashed, so it may be longer than one on the wire.</param>
    /// <param name="stack">Memory: <see cref="StackSize"/> bytes, which a longer key does not use.</param>
    public NumberedKey(scoped ReadOnlySpan<byte> key, Span<byte> stack)
    {
        var length = MaxDigits + key.Length;
        _buffer = length <= stack.Length ? stack[..length] : new byte[length];
        key.CopyTo(_buffer[MaxDigits..]);
    }

    /// <summary>Puts a number in front, in the place of the one before.</summary>
    public ReadOnlySpan<byte> With(int number)
    {
        // The key stays where it is.
        Span<byte> digits = stackalloc byte[MaxDigits];
        number.TryFormat(digits, out var count, default, CultureInfo.InvariantCulture);
        var numbered = _buffer[(MaxDigits - count)..];
        digits[..count].CopyTo(numbered);
        return numbered;
    }
}
