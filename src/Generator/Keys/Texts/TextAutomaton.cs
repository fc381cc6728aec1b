namespace TypedCache.Generator.Keys.Texts;

/// <summary>A deterministic automaton that accepts the texts of a pattern. It begins in state 0; each state can come to an end.</summary>
internal sealed class TextAutomaton
{
    private readonly List<TextStep[]> _steps = [];
    private readonly List<bool> _accepts = [];

    private TextAutomaton()
    {
    }

    public int Count => _steps.Count;

    public bool AcceptsEmpty => _accepts[0];

    /// <summary>Makes the automaton.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="isReversed">Whether texts are read from their end.</param>
    public static TextAutomaton Create(TextPattern pattern, bool isReversed)
    {
        var source = new PatternGraph(pattern, isReversed);
        var automaton = new TextAutomaton();
        var known = new Dictionary<string, int>();
        var open = new Queue<int[]>();
        var start = source.Closure([source.Start]);
        known.Add(Key(start), 0);
        open.Enqueue(start);
        while (open.Count > 0)
        {
            var states = open.Dequeue();
            automaton._accepts.Add(states.Contains(source.End));
            automaton._steps.Add([.. Split(source, states).Select(step => new TextStep(step.Bytes, Find(source.Closure(step.Targets))))]);
        }

        return automaton;

        int Find(int[] states)
        {
            var key = Key(states);
            if (!known.TryGetValue(key, out var number))
            {
                number = known.Count;
                known.Add(key, number);
                open.Enqueue(states);
            }

            return number;
        }
    }

    public IReadOnlyList<TextStep> Steps(int state) => _steps[state];

    public bool Accepts(int state) => _accepts[state];

    // Sets of bytes that do not overlap, each with all states that it leads to.
    private static List<(ByteSet Bytes, List<int> Targets)> Split(PatternGraph source, int[] states)
    {
        var split = new List<(ByteSet Bytes, List<int> Targets)>();
        foreach (var state in states)
        {
            foreach (var step in source.Steps(state))
            {
                Add(split, step);
            }
        }

        return split;
    }

    private static void Add(List<(ByteSet Bytes, List<int> Targets)> split, TextStep step)
    {
        var rest = step.Bytes;
        for (var i = split.Count - 1; i >= 0 && !rest.IsEmpty; i--)
        {
            var (bytes, targets) = split[i];
            var both = bytes & rest;
            if (both.IsEmpty)
            {
                continue;
            }

            rest = rest.Except(both);
            if (bytes.Except(both) is { IsEmpty: false } others)
            {
                split.Add((others, [.. targets]));
                split[i] = (both, targets);
            }

            targets.Add(step.Next);
        }

        if (!rest.IsEmpty)
        {
            split.Add((rest, [step.Next]));
        }
    }

    private static string Key(int[] states)
    {
        const int CharBits = 16;
        var key = new char[2 * states.Length];
        for (var i = 0; i < states.Length; i++)
        {
            (key[2 * i], key[(2 * i) + 1]) = ((char)states[i], (char)(states[i] >> CharBits));
        }

        return new string(key);
    }
}

/// <summary>From one state to another, along one of the bytes.</summary>
internal readonly record struct TextStep(ByteSet Bytes, int Next);
