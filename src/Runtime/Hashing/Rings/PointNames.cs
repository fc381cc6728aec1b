using System.Text;

namespace TypedCache.Hashing;

/// <summary>The texts of a server's points on a ring, one after the other: <c>server-0</c>, <c>server-1</c> and so on.</summary>
/// <param name="prefix">What all of them begin with, the hyphen included.</param>
/// <param name="suffix">What all of them end with.</param>
internal struct PointNames(string prefix, string suffix = "")
{
    private const int MaxDigits = 10;

    // Behind the suffix there is room for the number to grow.
    private readonly byte[] _name = Encoding.UTF8.GetBytes(prefix + "0" + suffix + new string('0', MaxDigits));
    private readonly int _number = Encoding.UTF8.GetByteCount(prefix);
    private readonly int _suffixLength = Encoding.UTF8.GetByteCount(suffix);
    private int _digits = 1;
    private bool _hasBegun;

    /// <summary>Gives the next text, in memory that the one after it overwrites.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (_hasBegun)
        {
            Count(_name.AsSpan(_number));
        }

        _hasBegun = true;
        return _name.AsSpan(0, _number + _digits + _suffixLength);
    }

    // The number is counted up where it stands.
    private void Count(Span<byte> number)
    {
        for (var digit = _digits - 1; digit >= 0; digit--)
        {
            if (number[digit] != '9')
            {
                number[digit]++;
                return;
            }

            number[digit] = (byte)'0';
        }

        number.Slice(_digits, _suffixLength).CopyTo(number[(_digits + 1)..]);
        number[_digits] = (byte)'0';
        number[0] = (byte)'1';
        _digits++;
    }
}
