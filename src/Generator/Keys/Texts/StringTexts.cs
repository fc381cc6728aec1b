namespace TypedCache.Generator.Keys.Texts;

/// <summary>Which bytes strings give: UTF-8, in which a lone surrogate is written like other characters of its size.</summary>
internal static class StringTexts
{
    private static readonly TextPattern Continuation = Bytes(0x80, 0xBF);

    /// <summary>One UTF-16 code unit.</summary>
    public static IReadOnlyList<TextPattern> Units { get; } =
    [
        Bytes(0x00, 0x7F),
        TextPattern.Sequence(Bytes(0xC2, 0xDF), Continuation),
        TextPattern.Sequence(Bytes(0xE0, 0xE0), Bytes(0xA0, 0xBF), Continuation),
        TextPattern.Sequence(Bytes(0xE1, 0xEF), Continuation, Continuation),
    ];

    private static readonly IReadOnlyList<TextPattern> Pairs =
    [
        TextPattern.Sequence(Bytes(0xF0, 0xF0), Bytes(0x90, 0xBF), Continuation, Continuation),
        TextPattern.Sequence(Bytes(0xF1, 0xF3), Continuation, Continuation, Continuation),
        TextPattern.Sequence(Bytes(0xF4, 0xF4), Bytes(0x80, 0x8F), Continuation, Continuation),
    ];

    private static readonly TextPattern Character = TextPattern.Choice([.. Units, .. Pairs, TextPattern.Set(ByteSet.TakesUnknownText)]);

    /// <summary>Any text.</summary>
    /// <param name="allowsEmpty">Whether it can be empty.</param>
    /// <param name="maxLength">Its greatest length; 0 for none. A limit that no key can reach is as good as none.</param>
    public static TextPattern Pattern(bool allowsEmpty, int maxLength) =>
        TextPattern.Repeat(Character, allowsEmpty ? 0 : 1, maxLength is 0 or > KeyText.MaxBytes ? TextPattern.Unbounded : maxLength);

    private static TextPattern Bytes(byte first, byte last) => TextPattern.Set(ByteSet.Range(first, last));
}
