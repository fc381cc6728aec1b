using System.Globalization;
using System.Text;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>Finds what each piece of a format has become in a text.</summary>
/// <param name="tokens">The format.</param>
/// <param name="pattern">What a piece can become.</param>
internal sealed class TokenMatch(IReadOnlyList<FormatToken> tokens, Func<FormatToken, TextPattern> pattern)
{
    private readonly TextAutomaton[] _automata = [.. tokens.Select(token => TextAutomaton.Create(pattern(token), isReversed: false))];

    /// <summary>All ways to read the text.</summary>
    public IEnumerable<TokenFields> Find(string text) => Find(Encoding.UTF8.GetBytes(text), 0, []);

    private IEnumerable<TokenFields> Find(byte[] text, int position, string[] found)
    {
        if (found.Length == tokens.Count)
        {
            return position == text.Length ? [new TokenFields(tokens, found)] : [];
        }

        return Ends(_automata[found.Length], text, position)
            .SelectMany(end => Find(text, end, [.. found, Encoding.UTF8.GetString(text, position, end - position)]));
    }

    private static IEnumerable<int> Ends(TextAutomaton automaton, byte[] text, int position)
    {
        for (var state = 0; ; position++)
        {
            if (automaton.Accepts(state))
            {
                yield return position;
            }

            var step = position < text.Length ? automaton.Steps(state).FirstOrDefault(candidate => candidate.Bytes.Contains(text[position])) : default;
            if (step.Bytes.IsEmpty)
            {
                yield break;
            }

            state = step.Next;
        }
    }
}

/// <summary>What the pieces of a format have become.</summary>
internal sealed class TokenFields(IReadOnlyList<FormatToken> tokens, IReadOnlyList<string> texts)
{
    private const int TickDigits = 7;

    public IReadOnlyList<string> Texts => texts;

    /// <summary>The part of a second, in ticks.</summary>
    public long Fraction => Of(static token => token.Specifier is 'f' or 'F').Select(static text => text.TrimStart('.')).OrderByDescending(static text => text.Length).FirstOrDefault() is { } digits
        ? long.Parse(digits.PadRight(TickDigits, '0'), CultureInfo.InvariantCulture)
        : 0;

    /// <summary>The number that a specifier has become; null where there is none.</summary>
    public int? Number(char specifier) => Text(token => token.Specifier == specifier) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The text of the first piece of a kind, or null.</summary>
    public string? Text(Func<FormatToken, bool> isWanted) => Of(isWanted).FirstOrDefault();

    private IEnumerable<string> Of(Func<FormatToken, bool> isWanted) => texts.Where((_, index) => isWanted(tokens[index]));
}
