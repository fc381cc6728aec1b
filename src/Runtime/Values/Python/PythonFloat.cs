namespace TypedCache.Values.Python;

/// <summary>Floating-point numbers as Python's <c>repr()</c> writes them (pystrtod.c, <c>format_float_short</c>).</summary>
internal static class PythonFloat
{
    public static FloatText Texts { get; } = new()
    {
        NotANumber = "nan",
        Infinity = "inf",
        IsPlain = static (_, pointAt) => pointAt is > -4 and <= 16,
        ZeroBeforePoint = true,
        ZeroBehindPoint = true,
        DigitBehindPoint = false,
        ExponentFormat = "D2",
    };
}
