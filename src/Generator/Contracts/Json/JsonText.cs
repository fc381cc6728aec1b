using System.Globalization;
using System.Text;

namespace TypedCache.Generator.Contracts.Json;

/// <summary>Writes texts as JSON has them.</summary>
internal static class JsonText
{
    /// <summary>
    /// A text in quotes. Quotes inside are written by their number, so that three of them never follow each other: the contract stands in
    /// generated code as a raw string.
    /// </summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or < ' ' || char.IsSurrogate(character))
            {
                quoted.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:x4}", (int)character);
            }
            else
            {
                quoted.Append(character == '\\' ? "\\\\" : character.ToString());
            }
        }

        return quoted.Append('"').ToString();
    }
}
