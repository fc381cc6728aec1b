using System.Globalization;

namespace TypedCache.Testing;

/// <summary>Stored bytes and their flags as a text: <c>flags 2, bytes 92A34C616D70</c>.</summary>
internal static class RecordedValue
{
    private const string Flags = "flags ";
    private const string Bytes = ", bytes ";

    public static string Write(ReadOnlySpan<byte> value, uint flags) =>
        string.Create(CultureInfo.InvariantCulture, $"{Flags}{flags}{Bytes}{Convert.ToHexString(value)}");

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static (byte[] Value, uint Flags) Read(string text)
    {
        var bytes = text.IndexOf(Bytes, StringComparison.Ordinal);
        if (bytes < 0 || !text.StartsWith(Flags, StringComparison.Ordinal)
            || !uint.TryParse(text.AsSpan(Flags.Length, bytes - Flags.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var flags))
        {
            throw new FormatException($"'{text}' is not a recorded value. Write what {nameof(TestItem)}.{nameof(TestItem.Record)} gives: '{Flags}2{Bytes}92A34C616D70'.");
        }

        return (Convert.FromHexString(text.AsSpan(bytes + Bytes.Length)), flags);
    }
}
