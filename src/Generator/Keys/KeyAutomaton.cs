using System.Text;

namespace TypedCache.Generator.Keys;

/// <summary>
/// A nondeterministic automaton that accepts the keys of one shape. Two shapes have a key in common where both automata can walk along
/// the same bytes to their ends.
/// </summary>
internal sealed class KeyAutomaton
{
    // Longer repetitions are as good as unbounded ones: the automaton stays small.
    private const int LargestCount = 32;
    private const int Start = 0;

    private readonly List<List<(ByteSet Bytes, int Next)>> _steps = [[]];
    private readonly List<List<int>> _jumps = [[]];

    /// <summary>Makes the automaton of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="minText">How short texts can be, 0 or 1.</param>
    public KeyAutomaton(KeyShape shape, int minText)
    {
        var end = Start;
        foreach (var part in shape.Parts)
        {
            end = part is LiteralShapePart literal
                ? Append(end, KeyAtom.Text(literal.Text))
                : AppendAny(end, KeyTexts.Of((ValueShapePart)part, shape.IsPecl, minText));
        }

        End = end;
    }

    private int End { get; }

    /// <summary>A key that both accept, the shortest there is; null where there is none.</summary>
    public string? FindCommonKey(KeyAutomaton other)
    {
        var from = new Dictionary<(int, int), ((int, int) Pair, byte? Byte)> { [(Start, Start)] = default };
        var queue = new Queue<(int Mine, int Others)>([(Start, Start)]);
        while (queue.Count > 0)
        {
            var pair = queue.Dequeue();
            if (pair == (End, other.End) && ReadBack(from, pair) is { Length: > 0 } key)
            {
                return key;
            }

            foreach (var (next, value) in Next(other, pair))
            {
                if (!from.ContainsKey(next))
                {
                    from.Add(next, (pair, value));
                    queue.Enqueue(next);
                }
            }
        }

        return null;
    }

    private IEnumerable<((int, int) Pair, byte? Byte)> Next(KeyAutomaton other, (int Mine, int Others) pair)
    {
        foreach (var jump in _jumps[pair.Mine])
        {
            yield return ((jump, pair.Others), null);
        }

        foreach (var jump in other._jumps[pair.Others])
        {
            yield return ((pair.Mine, jump), null);
        }

        foreach (var mine in _steps[pair.Mine])
        {
            foreach (var others in other._steps[pair.Others])
            {
                var common = mine.Bytes & others.Bytes;
                if (!common.IsEmpty)
                {
                    yield return ((mine.Next, others.Next), common.Example());
                }
            }
        }
    }

    private static string ReadBack(Dictionary<(int, int), ((int, int) Pair, byte? Byte)> from, (int, int) end)
    {
        var bytes = new List<byte>();
        for (var pair = end; pair != (Start, Start); pair = from[pair].Pair)
        {
            if (from[pair].Byte is { } value)
            {
                bytes.Add(value);
            }
        }

        bytes.Reverse();
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private int AppendAny(int from, IEnumerable<IEnumerable<KeyAtom>> alternatives)
    {
        var end = AddState();
        foreach (var alternative in alternatives)
        {
            _jumps[Append(from, alternative)].Add(end);
        }

        return end;
    }

    private int Append(int from, IEnumerable<KeyAtom> atoms)
    {
        var state = from;
        foreach (var atom in atoms)
        {
            state = Append(state, atom);
        }

        return state;
    }

    private int Append(int from, KeyAtom atom)
    {
        var state = from;
        for (var i = 0; i < atom.Min; i++)
        {
            state = AddStep(state, atom.Bytes);
        }

        if (atom.Max - atom.Min > LargestCount)
        {
            var loop = AddState();
            _jumps[state].Add(loop);
            _steps[loop].Add((atom.Bytes, loop));
            return loop;
        }

        for (var i = atom.Min; i < atom.Max; i++)
        {
            var next = AddStep(state, atom.Bytes);
            _jumps[state].Add(next);
            state = next;
        }

        return state;
    }

    private int AddStep(int from, ByteSet bytes)
    {
        var next = AddState();
        _steps[from].Add((bytes, next));
        return next;
    }

    private int AddState()
    {
        _steps.Add([]);
        _jumps.Add([]);
        return _steps.Count - 1;
    }
}
