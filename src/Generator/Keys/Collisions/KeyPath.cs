using System.Text;
using TypedCache.Generator.Keys.Texts;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>
/// Walks through the keys of one shape: a state for each byte of a literal and for each state of a placeholder's automaton, and one for
/// the end.
/// </summary>
internal sealed class KeyPath
{
    // Nearly every step leads to one state, and most paths are short.
    private static readonly int[][] Singles = [.. Enumerable.Range(0, 256).Select(static state => new[] { state })];

    private readonly List<Segment> _segments = [];
    private readonly List<int> _segmentOf = [];
    private readonly int[][] _entries;
    private readonly PathStep[]?[] _steps;

    /// <summary>Makes the path of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="automaton">What accepts the texts of a placeholder.</param>
    /// <param name="isReversed">Whether keys are read from their end.</param>
    public KeyPath(KeyShape shape, Func<PartTexts, TextAutomaton> automaton, bool isReversed)
    {
        var offset = 0;
        for (var i = 0; i < shape.Parts.Count; i++)
        {
            var part = shape.Parts[isReversed ? shape.Parts.Count - i - 1 : i];
            var segment = part is ValueShapePart value
                ? new Segment(offset, [], PartTexts.Of(value, shape.Policy), automaton)
                : new Segment(offset, Bytes((LiteralShapePart)part, isReversed));
            _segments.Add(segment);
            offset += segment.Count;
            _segmentOf.AddRange(Enumerable.Repeat(i, segment.Count));
        }

        End = offset;
        _steps = new PathStep[]?[End + 1];
        _segmentOf.Add(_segments.Count);
        _entries = new int[_segments.Count + 1][];
        for (var i = _segments.Count; i >= 0; i--)
        {
            _entries[i] = i == _segments.Count ? [End] : Entries(i);
        }
    }

    public int End { get; }

    /// <summary>The states to begin with.</summary>
    public int[] Start => _entries[0];

    /// <summary>The segments, of which each is a literal or a placeholder.</summary>
    public int SegmentCount => _segments.Count;

    /// <summary>The segment that a state is in; behind the last one for the end.</summary>
    public int SegmentOf(int state) => _segmentOf[state];

    /// <summary>What a segment's placeholder can give; null for a literal.</summary>
    public PartTexts? TextsOf(int segment) => _segments[segment].Texts;

    /// <summary>The only byte that leads on, and where to; false where there can be several.</summary>
    public bool TryLiteral(int state, out byte value, out int[] next)
    {
        var segment = state == End ? null : _segments[SegmentOf(state)];
        if (segment is not { Automaton: null })
        {
            (value, next) = (0, []);
            return false;
        }

        value = segment.Literal[state - segment.Offset];
        next = After(SegmentOf(state), state - segment.Offset + 1);
        return true;
    }

    /// <summary>What leads on, and where to.</summary>
    public PathStep[] Steps(int state) => _steps[state] ??= CreateSteps(state);

    /// <summary>The bytes of a literal in the order in which they are read.</summary>
    public static byte[] Bytes(LiteralShapePart part, bool isReversed)
    {
        var bytes = Encoding.UTF8.GetBytes(part.Text);
        if (isReversed)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    private PathStep[] CreateSteps(int state)
    {
        if (TryLiteral(state, out var value, out var next))
        {
            return [new PathStep(ByteSet.Of(value), next)];
        }

        if (state == End)
        {
            return [];
        }

        var number = SegmentOf(state);
        var segment = _segments[number];
        return [.. segment.Automaton!.Steps(state - segment.Offset).Select(step => new PathStep(step.Bytes, After(number, step.Next)))];
    }

    // Where one is after a step within a segment: there, and behind it where it can end.
    private int[] After(int number, int local)
    {
        var segment = _segments[number];
        if (segment.Automaton is null)
        {
            return local == segment.Count ? _entries[number + 1] : Only(segment.Offset + local);
        }

        return segment.Automaton.Accepts(local) ? [segment.Offset + local, .. _entries[number + 1]] : Only(segment.Offset + local);
    }

    private static int[] Only(int state) => state < Singles.Length ? Singles[state] : [state];

    private int[] Entries(int number)
    {
        var segment = _segments[number];
        return segment.Automaton is { AcceptsEmpty: true } ? [segment.Offset, .. _entries[number + 1]] : [segment.Offset];
    }

    private sealed class Segment(int offset, byte[] literal, PartTexts? texts = null, Func<PartTexts, TextAutomaton>? automaton = null)
    {
        public int Offset => offset;

        public byte[] Literal => literal;

        public PartTexts? Texts => texts;

        public TextAutomaton? Automaton { get; } = texts is null ? null : automaton!(texts);

        public int Count => Automaton?.Count ?? literal.Length;
    }
}

/// <summary>From one state to others, along one of the bytes.</summary>
internal readonly record struct PathStep(ByteSet Bytes, int[] Next);
