using System.Text;

namespace TypedCache.Hashing;

/// <summary>The names of a server's points on a ring, one after the other: <c>server-0</c>, <c>server-1</c> and so on.</summary>
/// <param name="prefix">What all of them begin with, the hyphen included.</param>
internal struct PointNames(string prefix)
{
    private const int MaxDigits = 10;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(prefix + new string('0', MaxDigits));
    private int _digits;

    /// <summary>Gives the next name, in memory that the one after it overwrites.</summary>
    public ReadOnlySpan<byte> Next()
    {
        var numbers = _name.Length - MaxDigits;
        if (_digits == 0)
        {
            _digits = 1;
        }
        else
        {
            Count(_name.AsSpan(numbers, _digits + 1));
        }

        return _name.AsSpan(0, numbers + _digits);
    }

    // The number is counted up where it stands. It has room for one more digit, a zero.
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

        number[0] = (byte)'1';
        _digits++;
    }
}
