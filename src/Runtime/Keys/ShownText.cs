using System.Text;

namespace TypedCache.Keys;

/// <summary>Bytes from keys and values as they are shown in messages.</summary>
internal static class ShownText
{
    /// <summary>A key as quoted text, or what is shown in its place.</summary>
    public static string Of(ReadOnlySpan<byte> key, string? shownAs) => shownAs is null ? Of(key) : $"'{shownAs}'";

    /// <summary>
    /// The bytes as quoted text, cut when long. Control characters are shown as <c>?</c>, so that no key can forge a line in a log.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> bytes, int maxBytes = 60)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, maxBytes)]);
        var shown = string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
        return bytes.Length > maxBytes ? $"'{shown}...'" : $"'{shown}'";
    }
}
