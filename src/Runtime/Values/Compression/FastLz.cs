namespace TypedCache.Values;

/// <summary>
/// Reads the FastLZ format, both levels, which php-memcached writes by default. Literal runs and copies of earlier output
/// follow each other; the first three bits of all name the level.
/// </summary>
internal static class FastLz
{
    private const int LevelShift = 5;
    private const int LowBits = 0x1F;
    private const int LongLength = 7;
    private const int MinimumMatch = 2;
    private const int FarDistance = 8191;

    // No byte can stand for more than this many, so a larger length needs no room.
    private const int MaxExpansion = 256;

    /// <summary>Expands.</summary>
    /// <exception cref="InvalidDataException">The data is damaged, or does not expand to exactly <paramref name="length"/> bytes.</exception>
    /// <exception cref="ExpansionRefusedException">It expands to more than it may.</exception>
    public static void Expand(ReadOnlySpan<byte> compressed, int length, ExpandedPayload output)
    {
        var level = compressed.IsEmpty ? 0 : compressed[0] >> LevelShift;
        if (level > 1 || length > (long)MaxExpansion * compressed.Length)
        {
            throw Damaged();
        }

        output.Begin(length);
        Expand(compressed, output.Free[..length], isLong: level == 1);
        output.Advance(length);
    }

    private static void Expand(ReadOnlySpan<byte> compressed, Span<byte> output, bool isLong)
    {
        var input = new Input(compressed);
        var written = 0;
        var isFirst = true;
        while (!input.IsEmpty)
        {
            var control = isFirst ? input.Next() & LowBits : input.Next();
            isFirst = false;
            if (control <= LowBits)
            {
                var run = input.Take(control + 1);
                Room(output, written, run.Length);
                run.CopyTo(output[written..]);
                written += run.Length;
            }
            else
            {
                var (length, distance) = ReadMatch(ref input, control, isLong);
                Room(output, written, length);
                Repeat(output, written, distance, length);
                written += length;
            }
        }

        if (written != output.Length)
        {
            throw Damaged();
        }
    }

    private static (int Length, int Distance) ReadMatch(ref Input input, int control, bool isLong)
    {
        var length = control >> LevelShift;
        var high = (control & LowBits) << 8;
        if (length == LongLength)
        {
            int more;
            do
            {
                more = input.Next();
                length += more;
            }
            while (isLong && more == byte.MaxValue);
        }

        var low = input.Next();
        var distance = isLong && low == byte.MaxValue && high == LowBits << 8
            ? FarDistance + ((input.Next() << 8) | input.Next())
            : high + low;
        return (length + MinimumMatch, distance + 1);
    }

    // Source and target may overlap: that is how a run of one byte is written.
    private static void Repeat(Span<byte> output, int written, int distance, int length)
    {
        if (distance > written)
        {
            throw Damaged();
        }

        for (var i = written; i < written + length; i++)
        {
            output[i] = output[i - distance];
        }
    }

    private static void Room(Span<byte> output, int written, int length)
    {
        if (length > output.Length - written)
        {
            throw Damaged();
        }
    }

    private static InvalidDataException Damaged() => new("The fastlz data is damaged or cut off.");

    private ref struct Input(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public readonly bool IsEmpty => _rest.IsEmpty;

        public int Next() => Take(1)[0];

        public ReadOnlySpan<byte> Take(int count)
        {
            if (count > _rest.Length)
            {
                throw Damaged();
            }

            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }
    }
}
