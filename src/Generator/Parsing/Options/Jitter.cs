using System.Globalization;

namespace TypedCache.Generator.Parsing.Options;

/// <summary>Reads percentages such as <c>10%</c> and <c>2.5%</c>.</summary>
internal static class Jitter
{
    private const decimal Percent = 100;
    private const int MaxDigits = 9;

    /// <summary>The jitter as a part from 0 to 1, or null and what is wrong.</summary>
    public static decimal? Parse(string text, out string? mistake)
    {
        var number = text.EndsWith("%", StringComparison.Ordinal) ? text.Substring(0, text.Length - 1) : null;
        var percent = 0m;
        mistake = number switch
        {
            null => "it does not end with %",
            "" => "it has no number",
            { Length: > MaxDigits } => "it has too many digits",
            _ when !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percent) => $"'{number}' is not a number",
            _ when percent > Percent => "a value cannot expire before it is stored",
            _ => null,
        };
        return mistake is null ? percent / Percent : null;
    }
}
