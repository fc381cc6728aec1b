namespace TypedCache.Generator.Keys.Texts;

/// <summary>A pattern as a nondeterministic automaton.</summary>
internal sealed class PatternGraph
{
    private readonly List<List<TextStep>> _steps = [];
    private readonly List<List<int>> _jumps = [];
    private readonly List<int> _marks = [];
    private readonly bool _isReversed;
    private int _mark;

    public PatternGraph(TextPattern pattern, bool isReversed)
    {
        _isReversed = isReversed;
        Start = AddState();
        End = Append(Start, pattern);
    }

    public int Start { get; }

    public int End { get; }

    public IReadOnlyList<TextStep> Steps(int state) => _steps[state];

    /// <summary>The states and all that can be reached from them without a byte, sorted.</summary>
    public int[] Closure(IEnumerable<int> states)
    {
        var reached = new List<int>();
        _mark++;
        foreach (var state in states)
        {
            Reach(state);
        }

        for (var i = 0; i < reached.Count; i++)
        {
            _jumps[reached[i]].ForEach(Reach);
        }

        reached.Sort();
        return [.. reached];

        void Reach(int state)
        {
            if (_marks[state] != _mark)
            {
                _marks[state] = _mark;
                reached.Add(state);
            }
        }
    }

    private int Append(int from, TextPattern pattern) => pattern switch
    {
        SetPattern set => AppendSet(from, set.Bytes),
        SequencePattern sequence => (_isReversed ? sequence.Items.Reverse() : sequence.Items).Aggregate(from, Append),
        ChoicePattern choice => AppendChoice(from, choice),
        RepeatPattern repeat => AppendRepeat(from, repeat),
        GraphPattern graph => AppendGraph(from, graph),
        _ => throw new NotSupportedException(),
    };

    private int AppendSet(int from, ByteSet bytes)
    {
        var next = AddState();
        if (!bytes.IsEmpty)
        {
            _steps[from].Add(new TextStep(bytes, next));
        }

        return next;
    }

    private int AppendChoice(int from, ChoicePattern choice)
    {
        var end = AddState();
        foreach (var item in choice.Items)
        {
            _jumps[Append(from, item)].Add(end);
        }

        return end;
    }

    private int AppendRepeat(int from, RepeatPattern repeat)
    {
        // A state of its own, so that what is behind the loop cannot come back into what is before it.
        var state = AddState();
        _jumps[from].Add(state);
        for (var i = 0; i < repeat.Min; i++)
        {
            state = Append(state, repeat.Item);
        }

        if (repeat.Max == TextPattern.Unbounded)
        {
            var loop = AddState();
            _jumps[state].Add(loop);
            _jumps[Append(loop, repeat.Item)].Add(loop);
            return loop;
        }

        var end = AddState();
        for (var i = repeat.Min; i < repeat.Max; i++)
        {
            _jumps[state].Add(end);
            state = Append(state, repeat.Item);
        }

        _jumps[state].Add(end);
        return end;
    }

    private int AppendGraph(int from, GraphPattern graph)
    {
        var states = Enumerable.Range(0, graph.States).Select(_ => AddState()).ToArray();
        var (first, last) = _isReversed ? (graph.States - 1, 0) : (0, graph.States - 1);
        _jumps[from].Add(states[first]);
        foreach (var (source, item, target) in graph.Edges)
        {
            var (start, end) = _isReversed ? (target, source) : (source, target);
            _jumps[Append(states[start], item)].Add(states[end]);
        }

        return states[last];
    }

    private int AddState()
    {
        _steps.Add([]);
        _jumps.Add([]);
        _marks.Add(0);
        return _steps.Count - 1;
    }
}
