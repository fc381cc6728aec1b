using System.Text;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>A set of texts, as a regular expression over bytes.</summary>
internal abstract record TextPattern
{
    /// <summary>The highest <see cref="RepeatPattern.Max"/>: no limit.</summary>
    public const int Unbounded = int.MaxValue;

    public static readonly TextPattern Empty = new SequencePattern([]);

    public static readonly TextPattern Digit = Set("0123456789");

    public static readonly TextPattern NonZeroDigit = Set("123456789");

    public static readonly TextPattern MaybeMinus = Maybe(Text("-"));

    /// <summary>One byte.</summary>
    public static TextPattern Set(ByteSet bytes) => new SetPattern(bytes);

    /// <summary>One of these characters of ASCII.</summary>
    public static TextPattern Set(string characters) => new SetPattern(ByteSet.Of(characters));

    /// <summary>Fixed text.</summary>
    public static TextPattern Text(string text) => Sequence([.. Encoding.UTF8.GetBytes(text).Select(static value => Set(ByteSet.Of(value)))]);

    public static TextPattern Sequence(params IReadOnlyList<TextPattern> items) => items.Count == 1 ? items[0] : new SequencePattern(items);

    /// <summary>One of them; nothing at all where there is none.</summary>
    public static TextPattern Choice(params IReadOnlyList<TextPattern> items) => items.Count == 1 ? items[0] : new ChoicePattern(items);

    public static TextPattern OneOf(IEnumerable<string> texts) => Choice([.. texts.Select(Text)]);

    public static TextPattern Repeat(TextPattern item, int min, int max) => new RepeatPattern(item, min, max);

    public static TextPattern Maybe(TextPattern item) => new RepeatPattern(item, 0, 1);

    public static TextPattern Digits(int min, int max) => new RepeatPattern(Digit, min, max);

    /// <summary>All bytes that its texts have.</summary>
    public abstract ByteSet Alphabet { get; }

    /// <summary>The pattern with each set of bytes replaced.</summary>
    public abstract TextPattern Replace(Func<ByteSet, TextPattern> replacement);
}

internal sealed record SetPattern(ByteSet Bytes) : TextPattern
{
    public override ByteSet Alphabet => Bytes;

    public override TextPattern Replace(Func<ByteSet, TextPattern> replacement) => replacement(Bytes);
}

internal sealed record SequencePattern(IReadOnlyList<TextPattern> Items) : TextPattern
{
    public override ByteSet Alphabet => Items.Aggregate(default(ByteSet), static (bytes, item) => bytes | item.Alphabet);

    public override TextPattern Replace(Func<ByteSet, TextPattern> replacement) =>
        new SequencePattern([.. Items.Select(item => item.Replace(replacement))]);
}

internal sealed record ChoicePattern(IReadOnlyList<TextPattern> Items) : TextPattern
{
    public override ByteSet Alphabet => Items.Aggregate(default(ByteSet), static (bytes, item) => bytes | item.Alphabet);

    public override TextPattern Replace(Func<ByteSet, TextPattern> replacement) =>
        new ChoicePattern([.. Items.Select(item => item.Replace(replacement))]);
}

internal sealed record RepeatPattern(TextPattern Item, int Min, int Max) : TextPattern
{
    public override ByteSet Alphabet => Item.Alphabet;

    public override TextPattern Replace(Func<ByteSet, TextPattern> replacement) => new RepeatPattern(Item.Replace(replacement), Min, Max);
}

/// <summary>States with patterns between them, from the first state to the last one.</summary>
internal sealed record GraphPattern(int States, IReadOnlyList<(int From, TextPattern Item, int To)> Edges) : TextPattern
{
    public override ByteSet Alphabet => Edges.Aggregate(default(ByteSet), static (bytes, edge) => bytes | edge.Item.Alphabet);

    public override TextPattern Replace(Func<ByteSet, TextPattern> replacement) =>
        new GraphPattern(States, [.. Edges.Select(edge => (edge.From, edge.Item.Replace(replacement), edge.To))]);
}
