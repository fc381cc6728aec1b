namespace TypedCache.Values;

/// <summary>.NET's NaN has a sign, those of other languages have none.</summary>
internal static class NotANumber
{
    private const ulong Bits = 0x7FF8_0000_0000_0000;

    /// <summary>The number, or the NaN of other languages.</summary>
    public static double WithoutSign(double value) => double.IsNaN(value) ? BitConverter.UInt64BitsToDouble(Bits) : value;
}
