using System.Text;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>A piece of a custom format for dates or times.</summary>
/// <param name="Specifier">The letter; <see cref="Fixed"/> for fixed text.</param>
/// <param name="Count">How often the letter is repeated.</param>
/// <param name="Literal">The fixed text.</param>
internal sealed record FormatToken(char Specifier, int Count, string Literal)
{
    public const char Fixed = '\0';

    private const string Specifiers = "dfFghHmMstyzK";

    /// <summary>Takes a valid format apart.</summary>
    public static IReadOnlyList<FormatToken> Read(string format)
    {
        var tokens = new List<FormatToken>();
        var text = new StringBuilder();
        for (var i = 0; i < format.Length;)
        {
            var character = format[i];
            if (Specifiers.IndexOf(character) < 0)
            {
                i = ReadFixed(format, i, text);
                continue;
            }

            var count = character == 'K' ? 1 : format.Skip(i).TakeWhile(next => next == character).Count();
            EndText();
            tokens.Add(new FormatToken(character, count, ""));
            i += count;
        }

        EndText();
        return tokens;

        void EndText()
        {
            if (text.Length > 0)
            {
                tokens.Add(new FormatToken(Fixed, 0, text.ToString()));
                text.Clear();
            }
        }
    }

    // Gives the position behind it.
    private static int ReadFixed(string format, int position, StringBuilder text)
    {
        switch (format[position])
        {
            case '%':
                return position + 1;
            case '\\' when position + 1 < format.Length:
                text.Append(format[position + 1]);
                return position + 2;
            case '\'' or '"':
                return ReadQuoted(format, position, text);
            default:
                text.Append(format[position]);
                return position + 1;
        }
    }

    private static int ReadQuoted(string format, int position, StringBuilder text)
    {
        var quote = format[position++];
        while (position < format.Length && format[position] != quote)
        {
            position += format[position] == '\\' ? 1 : 0;
            text.Append(position < format.Length ? format[position] : "");
            position++;
        }

        return position + 1;
    }
}
