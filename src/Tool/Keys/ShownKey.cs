using System.Buffers;
using System.Globalization;
using System.Text;

namespace TypedCache.Tool.Keys;

/// <summary>Keys for people: text as text, and each byte that is none, is a blank, or would control the terminal, as <c>\xNN</c>.</summary>
internal static class ShownKey
{
    /// <summary>The text of a key.</summary>
    public static string Of(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder(key.Length);
        while (!key.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(key, out var rune, out var length);
            if (status == OperationStatus.Done && IsPrintable(rune))
            {
                text.Append(rune);
            }
            else
            {
                foreach (var value in key[..length])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
                }
            }

            key = key[length..];
        }

        return text.ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.SpaceSeparator);
}
