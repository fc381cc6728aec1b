using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>Finds in the source of a string literal what is at a position of its value.</summary>
internal static class LiteralText
{
    /// <summary>The span of a piece of the value; null where it cannot be told.</summary>
    public static TextSpan? FindSpan(SyntaxToken token, int start, int length)
    {
        var offsets = Offsets(token);
        return offsets is not null && start + length < offsets.Count
            ? TextSpan.FromBounds(token.SpanStart + offsets[start], token.SpanStart + offsets[start + length])
            : null;
    }

    // For each character of the value where it begins in the source, and at the end where the last one ends.
    private static List<int>? Offsets(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.StringLiteralToken when token.Text.StartsWith("@", StringComparison.Ordinal) => VerbatimOffsets(token.Text),
        SyntaxKind.StringLiteralToken => RegularOffsets(token.Text),
        SyntaxKind.SingleLineRawStringLiteralToken => Consecutive(QuoteCount(token.Text), token.ValueText.Length),
        SyntaxKind.MultiLineRawStringLiteralToken when !token.ValueText.Contains('\n') => Consecutive(FirstLineStart(token.Text), token.ValueText.Length),
        _ => null,
    };

    private static List<int> Consecutive(int start, int length) => [.. Enumerable.Range(start, length + 1)];

    private static int QuoteCount(string text) => text.TakeWhile(static c => c == '"').Count();

    // The content of a raw literal begins on the second line, as far to the right as the closing quotes.
    private static int FirstLineStart(string text)
    {
        var lastLine = text.LastIndexOf('\n') + 1;
        return text.IndexOf('\n') + 1 + text.Skip(lastLine).TakeWhile(char.IsWhiteSpace).Count();
    }

    private static List<int> VerbatimOffsets(string text)
    {
        var offsets = new List<int>();
        var position = 2;
        for (; position < text.Length - 1; position += text[position] == '"' ? 2 : 1)
        {
            offsets.Add(position);
        }

        offsets.Add(position);
        return offsets;
    }

    private static List<int> RegularOffsets(string text)
    {
        var offsets = new List<int>();
        var position = 1;
        while (position < text.Length - 1)
        {
            var length = text[position] == '\\' ? EscapeLength(text, position) : 1;
            offsets.Add(position);
            if (text[position] == '\\' && text[position + 1] == 'U' && IsSupplementary(text, position))
            {
                // One escape that gives two UTF-16 code units.
                offsets.Add(position);
            }

            position += length;
        }

        offsets.Add(position);
        return offsets;
    }

    private static int EscapeLength(string text, int position)
    {
        const int MaxHexDigits = 4;
        return text[position + 1] switch
        {
            'u' => 6,
            'U' => 10,
            'x' => 2 + text.Skip(position + 2).Take(MaxHexDigits).TakeWhile(static c => Uri.IsHexDigit(c)).Count(),
            _ => 2,
        };
    }

    private static bool IsSupplementary(string text, int position) =>
        text.Substring(position + 2, 4) != "0000";
}
