using System.Globalization;

namespace TypedCache.Tool.Values;

/// <summary>Makes values that have no parts.</summary>
internal static class Scalars
{
    /// <summary>Nothing.</summary>
    public static ValueNode.Scalar Null { get; } = new("null", ScalarKind.Word);

    public static ValueNode.Scalar Of(bool value) => new(value ? "true" : "false", ScalarKind.Word);

    /// <summary>A number with a fraction. JSON has no numbers for those that are not finite.</summary>
    public static ValueNode.Scalar Of(double value) =>
        new(value.ToString("R", CultureInfo.InvariantCulture), double.IsFinite(value) ? ScalarKind.Number : ScalarKind.Symbol);

    /// <summary>The same, in the fewest digits that tell it from other numbers of its kind.</summary>
    public static ValueNode.Scalar Of(float value) =>
        new(value.ToString("R", CultureInfo.InvariantCulture), float.IsFinite(value) ? ScalarKind.Number : ScalarKind.Symbol);

    public static ValueNode.Scalar Number(IFormattable value) => new(value.ToString(null, CultureInfo.InvariantCulture), ScalarKind.Number);

    public static ValueNode.Scalar Text(string value) => new(value, ScalarKind.Text);

    /// <summary>What has one usual text, such as a time or a name.</summary>
    public static ValueNode.Scalar Symbol(string value) => new(value, ScalarKind.Symbol);

    public static ValueNode.Scalar Time(DateTime value) => Symbol(value.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Bytes in hexadecimal digits.</summary>
    public static ValueNode.Scalar Bytes(ReadOnlySpan<byte> value) => Symbol($"0x{Convert.ToHexString(value)}");

    /// <summary>A key of a map as a name.</summary>
    public static string NameOf(ValueNode key) => key is ValueNode.Scalar scalar ? scalar.Text : "(key)";
}
