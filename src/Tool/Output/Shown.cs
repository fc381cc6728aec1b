using System.Globalization;
using System.Text;

namespace TypedCache.Tool.Output;

/// <summary>Numbers and texts for people.</summary>
internal static class Shown
{
    private const double Kilo = 1024;
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>A number with its thousands apart: <c>1,234,567</c>.</summary>
    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number of bytes: <c>812 B</c>, <c>1.5 MiB</c>.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (unit + 1 < Units.Length && Math.Abs(bytes) >= Kilo)
        {
            bytes /= Kilo;
            unit++;
        }

        return $"{bytes.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>A share, 0 to 1: <c>12.5 %</c>.</summary>
    public static string Share(double share) => double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %") : "-";

    /// <summary>How many of something happen in a second: <c>1,234</c>, <c>0.5</c>.</summary>
    public static string Rate(double perSecond) => perSecond.ToString(perSecond is >= 10 or 0 ? "#,0" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>A time in its two largest units: <c>9m58s</c>, <c>3d4h</c>.</summary>
    public static string Time(long seconds)
    {
        ReadOnlySpan<(long Length, string Name)> units = [(86_400, "d"), (3600, "h"), (60, "m"), (1, "s")];
        for (var i = 0; i < units.Length - 1; i++)
        {
            if (seconds >= units[i].Length)
            {
                var rest = seconds % units[i].Length / units[i + 1].Length;
                return string.Create(CultureInfo.InvariantCulture, $"{seconds / units[i].Length}{units[i].Name}{(rest == 0 ? "" : $"{rest}{units[i + 1].Name}")}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{seconds}s");
    }

    /// <summary>A text without what would control the terminal. Whatever a server has sent needs it.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var value in text)
        {
            _ = char.IsControl(value) || char.GetUnicodeCategory(value) == UnicodeCategory.Format
                ? printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)value:x4}")
                : printable.Append(value);
        }

        return printable.ToString();
    }

    /// <summary>A text that is cut to a width, with a mark where it was.</summary>
    public static string Cut(string text, int width) => text.Length <= width ? text : width < 2 ? "…"[..Math.Max(0, width)] : $"{text[..(width - 1)]}…";
}
