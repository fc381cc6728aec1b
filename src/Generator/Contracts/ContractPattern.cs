using System.Text;

namespace TypedCache.Generator.Contracts;

/// <summary>Takes patterns apart.</summary>
internal static class ContractPattern
{
    /// <summary>
    /// The fixed texts of a pattern, without doubled braces: one more than it has placeholders, of which one stands between each two.
    /// </summary>
    public static IReadOnlyList<string> Literals(string pattern) => Split(pattern).Literals;

    /// <summary>What the placeholders of a pattern name, without their formats.</summary>
    public static IReadOnlyList<string> Placeholders(string pattern) => [.. Split(pattern).Placeholders.Select(static placeholder => placeholder.Split(':')[0])];

    private static (IReadOnlyList<string> Literals, IReadOnlyList<string> Placeholders) Split(string pattern)
    {
        var (literals, placeholders) = (new List<string>(), new List<string>());
        var literal = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var isDoubled = i + 1 < pattern.Length && pattern[i + 1] == pattern[i];
            switch (pattern[i])
            {
                case '{' when !isDoubled:
                    literals.Add(literal.ToString());
                    literal.Clear();
                    var end = EndOf(pattern, i);
                    placeholders.Add(pattern.Substring(i + 1, Math.Max(end - i - 1, 0)));
                    i = end;
                    break;
                case '{' or '}' when isDoubled:
                    literal.Append(pattern[i++]);
                    break;
                case var other:
                    literal.Append(other);
                    break;
            }
        }

        literals.Add(literal.ToString());
        return (literals, placeholders);
    }

    /// <summary>A text with its braces doubled, as it stands in a pattern.</summary>
    public static string Doubled(string text) => text.Replace("{", "{{").Replace("}", "}}");

    /// <summary>A template without the names in its placeholders: those with one form give the same text for the same arguments.</summary>
    public static string WithoutNames(string template)
    {
        var (literals, placeholders) = Split(template);
        var formats = placeholders.Select(static placeholder => placeholder.IndexOf(':') is >= 0 and var colon ? placeholder.Substring(colon) : "").ToList();
        return string.Concat(literals.Select((literal, index) => Doubled(literal) + (index < formats.Count ? $"{{{formats[index]}}}" : "")));
    }

    /// <summary>See <see cref="ContractKey.Identity"/>.</summary>
    public static string Identity(ContractKey key)
    {
        // Policies that escape and those that refuse differ only in what they do not take, and no policy changes digits.
        var isPecl = key.Policy == "Pecl" && key.Arguments.Any(static argument => !argument.IsPlain);
        var text = new StringBuilder(isPecl ? "{pecl}" : "").Append(key.Prefix.Length > 0 ? key.Prefix + ":" : "");
        var literals = Literals(key.Template);
        for (var i = 0; i < literals.Count; i++)
        {
            text.Append(literals[i].Replace("{", "{{"));
            if (i < key.Arguments.Count)
            {
                text.Append('{').Append(key.Arguments[i].Form).Append('}');
            }
        }

        return text.ToString();
    }

    private static int EndOf(string pattern, int start)
    {
        var end = pattern.IndexOf('}', start);
        return end < 0 ? pattern.Length : end;
    }
}
