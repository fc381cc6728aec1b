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

    /// <summary>The custom format that gives the same text as a valid format of a type in the invariant culture.</summary>
    public static string Custom(KeyValueType type, string format)
    {
        format = type switch
        {
            KeyValueType.DateOnly => ForDateOnly(format),
            KeyValueType.TimeOnly => ForTimeOnly(format),
            _ => format,
        };
        return format.Length > 1 ? format : format switch
        {
            "d" => "MM/dd/yyyy",
            "D" => "dddd, dd MMMM yyyy",
            "f" => "dddd, dd MMMM yyyy HH:mm",
            "F" or "U" => "dddd, dd MMMM yyyy HH:mm:ss",
            "g" => "MM/dd/yyyy HH:mm",
            "G" => "MM/dd/yyyy HH:mm:ss",
            "m" or "M" => "MMMM dd",
            "o" or "O" => "yyyy-MM-ddTHH:mm:ss.fffffffK",
            "r" or "R" => "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
            "s" => "yyyy-MM-ddTHH:mm:ss",
            "t" => "HH:mm",
            "T" => "HH:mm:ss",
            "u" => "yyyy-MM-dd HH:mm:ss'Z'",
            _ => "yyyy MMMM",
        };
    }

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
