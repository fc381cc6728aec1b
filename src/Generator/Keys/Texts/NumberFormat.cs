using System.Globalization;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>Takes standard numeric formats apart.</summary>
internal static class NumberFormat
{
    /// <summary>Stands for custom formats.</summary>
    public const char Custom = '?';

    /// <summary>
    /// The specifier as a capital letter and the number behind it. A row of zeros is the same as <c>D</c>; no format gives null, and
    /// another custom format a question mark.
    /// </summary>
    public static (char? Specifier, int? Precision) Read(string? format)
    {
        if (format is null)
        {
            return (null, null);
        }

        if (format.Length > 0 && format.All(static character => character == '0'))
        {
            return ('D', format.Length);
        }

        var isLetter = format.Length > 0 && char.ToUpperInvariant(format[0]) is >= 'A' and <= 'Z';
        return !isLetter ? (Custom, null)
            : format.Length == 1 ? (char.ToUpperInvariant(format[0]), null)
            : int.TryParse(format.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out var precision) ? (char.ToUpperInvariant(format[0]), precision)
            : (Custom, null);
    }
}
