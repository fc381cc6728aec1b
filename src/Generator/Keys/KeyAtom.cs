namespace TypedCache.Generator.Keys;

/// <summary>Bytes of one set, so and so often.</summary>
/// <param name="Max">The most repetitions; <see cref="Unbounded"/> for no limit.</param>
internal readonly record struct KeyAtom(ByteSet Bytes, int Min, int Max)
{
    public const int Unbounded = int.MaxValue;

    public static readonly ByteSet Digits = ByteSet.Range((byte)'0', (byte)'9');

    /// <summary>Exactly one of the bytes.</summary>
    public static KeyAtom One(ByteSet bytes) => new(bytes, 1, 1);

    /// <summary>Exactly these characters of ASCII, or nothing.</summary>
    public static KeyAtom Maybe(string characters) => new(ByteSet.Of(characters), 0, 1);

    public static KeyAtom SomeDigits(int min, int max) => new(Digits, min, max);

    /// <summary>Fixed text.</summary>
    public static IEnumerable<KeyAtom> Text(string text) =>
        System.Text.Encoding.UTF8.GetBytes(text).Select(static value => One(ByteSet.Of(value)));
}
