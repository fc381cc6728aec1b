namespace TypedCache.Generator.Keys.Texts;

/// <summary>Which texts a <c>Guid</c> has.</summary>
internal static class GuidTexts
{
    private static readonly TextPattern HexDigit = TextPattern.Set("0123456789abcdef");

    public static TextPattern Pattern(string? format)
    {
        // In the format X, zeros in front of an x are none of its digits.
        var parts = Guid.Empty.ToString(format).Split(["0x"], StringSplitOptions.None);
        return TextPattern.Sequence([.. parts.SelectMany((part, index) => Digits(part).Prepend(TextPattern.Text(index == 0 ? "" : "0x")))]);
    }

    private static IEnumerable<TextPattern> Digits(string part) =>
        part.Select(static character => character == '0' ? HexDigit : TextPattern.Text(character.ToString()));
}
