namespace TypedCache.Generator.Keys;

/// <summary>Which date and time formats <c>DateOnly</c> and <c>TimeOnly</c> know.</summary>
internal static class DateFormat
{
    /// <summary>Whether a format has only parts of a date.</summary>
    public static bool IsValidForDateOnly(string format) =>
        format.Length == 1 ? "dDmMoOrRyY".Contains(format) : HasNone(format, ":tfFhHmszK");

    /// <summary>Whether a format has only parts of a time of day.</summary>
    public static bool IsValidForTimeOnly(string format) =>
        format.Length == 1 ? "oOrRtT".Contains(format) : HasNone(format, "dMy/zkK");

    /// <summary>The format with which a <c>DateTime</c> gives the text of a <c>DateOnly</c>.</summary>
    public static string ForDateOnly(string format) => format switch
    {
        "o" or "O" => "yyyy'-'MM'-'dd",
        "r" or "R" => "ddd, dd MMM yyyy",
        _ => format,
    };

    /// <summary>The format with which a <c>DateTime</c> gives the text of a <c>TimeOnly</c>.</summary>
    public static string ForTimeOnly(string format) => format switch
    {
        "o" or "O" => "HH':'mm':'ss.fffffff",
        "r" or "R" => "HH':'mm':'ss",
        _ => format,
    };

    private static bool HasNone(string format, string specifiers)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '\\')
            {
                i++;
            }
            else if (format[i] is '\'' or '"')
            {
                i = format.IndexOf(format[i], i + 1);
                if (i < 0)
                {
                    return false;
                }
            }
            else if (specifiers.IndexOf(format[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
