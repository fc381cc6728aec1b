namespace TypedCache.Generator.Keys.Texts;

/// <summary>Patterns of as many digits as a largest number has.</summary>
/// <param name="digits">The digits of the base, from zero on.</param>
/// <param name="max">The largest number in this base, in capital letters.</param>
internal sealed class DigitRange(string digits, string max)
{
    private const string Values = "0123456789ABCDEF";

    /// <summary>A digit from the first to the last one.</summary>
    public static TextPattern Some(string digits, int first, int last) => TextPattern.Set(digits.Substring(first, last - first + 1));

    /// <summary>
    /// All numbers up to the largest one. While one begins like it, its digits have a limit; then they are free. Zeros in front are a
    /// state of their own where at least one digit has to be another one.
    /// </summary>
    /// <param name="isPositive">Whether zero is left out.</param>
    /// <param name="isFull">Whether the first digit is no zero.</param>
    public TextPattern Pattern(bool isPositive, bool isFull)
    {
        var edges = new List<(int, TextPattern, int)>();
        var end = 3 * max.Length;
        for (var position = 0; position < max.Length; position++)
        {
            var digit = Values.IndexOf(max[position]);
            var isFirst = position == 0;
            Add(Equal(position), isFirst && (isPositive || isFull) ? 1 : 0, digit - 1, Free(position + 1));
            Add(Equal(position), digit, digit, Equal(position + 1));
            if (isFirst && isPositive && !isFull && digit > 0)
            {
                Add(Equal(position), 0, 0, Zeros(position + 1));
            }

            if (!isFirst)
            {
                Add(Free(position), 0, digits.Length - 1, Free(position + 1));
                Add(Zeros(position), 0, 0, Zeros(position + 1));
                Add(Zeros(position), 1, digits.Length - 1, Free(position + 1));
            }
        }

        return new GraphPattern(end + 1, edges);

        int Equal(int position) => position == max.Length ? end : position;

        int Free(int position) => position == max.Length ? end : max.Length + position;

        // Zeros to the end lead nowhere.
        int Zeros(int position) => position == max.Length ? -1 : (2 * max.Length) + position;

        void Add(int from, int first, int last, int to)
        {
            if (first <= last && to >= 0)
            {
                edges.Add((from, Some(digits, first, last), to));
            }
        }
    }
}
