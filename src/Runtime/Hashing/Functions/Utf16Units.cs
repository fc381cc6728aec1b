using System.Text;

namespace TypedCache.Hashing;

/// <summary>
/// The UTF-16 units of UTF-8, one after the other: what Java and JavaScript hash. Bytes that are not UTF-8 give U+FFFD.
/// </summary>
/// <param name="utf8">The bytes.</param>
internal ref struct Utf16Units(ReadOnlySpan<byte> utf8)
{
    private const int SupplementaryStart = 0x10000;
    private const int HighSurrogates = 0xD800;
    private const int LowSurrogates = 0xDC00;

    private ReadOnlySpan<byte> _rest = utf8;
    private char _low;

    /// <summary>The unit.</summary>
    public char Current { get; private set; }

    /// <summary>Begins.</summary>
    public readonly Utf16Units GetEnumerator() => this;

    /// <summary>Goes on to the next unit, if there is one.</summary>
    public bool MoveNext()
    {
        if (_low != 0)
        {
            (Current, _low) = (_low, '\0');
            return true;
        }

        if (_rest.IsEmpty)
        {
            return false;
        }

        if (_rest[0] < 0x80)
        {
            Current = (char)_rest[0];
            _rest = _rest[1..];
            return true;
        }

        Rune.DecodeFromUtf8(_rest, out var rune, out var length);
        _rest = _rest[length..];
        SetCurrent(rune.Value);
        return true;
    }

    private void SetCurrent(int codePoint)
    {
        if (codePoint < SupplementaryStart)
        {
            Current = (char)codePoint;
            return;
        }

        var bits = codePoint - SupplementaryStart;
        Current = (char)(HighSurrogates + (bits >> 10));
        _low = (char)(LowSurrogates + (bits & 0x3FF));
    }
}
