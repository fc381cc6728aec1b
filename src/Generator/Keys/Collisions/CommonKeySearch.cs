using System.Text;
using TypedCache.Generator.Keys.Texts;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>
/// Looks for a key that two shapes give for real values. Where the automata of both accept a key, the placeholders' texts in it are read
/// back as values and formatted again; a key of which one cannot be is passed over, and the next one is tried.
/// </summary>
internal sealed class CommonKeySearch
{
    // Real texts are dense among those that an automaton accepts, so that the first ones tried decide; see docs/testing.md.
    private const int MaxRefused = 4096;
    private const int MaxSteps = 100_000;
    private const int MaxBeginnings = 128;

    private readonly KeyPath _left;
    private readonly KeyPath _right;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<(int Left, int Right), List<Link>> _links = [];
    private readonly Dictionary<(int Left, int Right), int> _distances = [];
    private readonly Dictionary<(int Left, int Right), List<(int, int)>> _sources = [];
    private readonly Queue<(int Left, int Right)> _unexplored = new();
    private readonly List<Stack<Step>> _open = [];
    private readonly Dictionary<(PartTexts Part, string Text), bool> _known = [];
    private readonly HashSet<((int Left, int Right) Pair, bool IsStart)> _passed = [];
    private readonly Dictionary<(int Left, int Right), int> _beginnings = [];
    private int _shortest;
    private int _refused;

    public CommonKeySearch(KeyPath left, KeyPath right, CancellationToken cancellation)
    {
        (_left, _right, _cancellation) = (left, right, cancellation);
        Explore();
        Measure();
    }

    /// <summary>The shortest key; null where there is none.</summary>
    public CommonKey? Find()
    {
        foreach (var start in Pairs(_left.Start, _right.Start).Reverse())
        {
            Push(new Step(start, null, 0, 0));
        }

        for (var steps = 0; steps < MaxSteps && _refused < MaxRefused && Pop() is { } step; steps++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (!HasRealTexts(step))
            {
                _refused++;
                continue;
            }

            if (step.Pair == (_left.End, _right.End) && step.Length > 0 && Read(step) is { } key)
            {
                return key;
            }

            if (IsNew(step))
            {
                PushNext(step);
            }
        }

        return null;
    }

    // Those that read well come last, and so are the first to be taken.
    private void PushNext(Step step)
    {
        var links = _links[step.Pair];
        var isExact = IsExact(step.Pair);
        for (var i = links.Count - 1; i >= 0; i--)
        {
            foreach (var symbol in isExact ? links[i].Common.Symbols.Take(1) : links[i].Common.Symbols.Reverse())
            {
                Push(new Step(links[i].Next, step, symbol, step.Length + 1));
            }
        }
    }

    private void Push(Step step)
    {
        if (!_distances.TryGetValue(step.Pair, out var distance))
        {
            return;
        }

        while (_open.Count <= step.Length + distance)
        {
            _open.Add(new Stack<Step>());
        }

        _open[step.Length + distance].Push(step);
    }

    // Of those that can become shortest the one that was found last, so that the last symbols change first. What leads on from one
    // never becomes shorter.
    private Step? Pop()
    {
        while (_shortest < _open.Count && _open[_shortest].Count == 0)
        {
            _shortest++;
        }

        return _shortest < _open.Count ? _open[_shortest].Pop() : null;
    }

    private void Explore()
    {
        foreach (var start in Pairs(_left.Start, _right.Start))
        {
            Visit(start);
        }

        while (_unexplored.Count > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            Explore(_unexplored.Dequeue());
        }
    }

    private void Explore((int Left, int Right) pair)
    {
        var links = _links[pair];
        foreach (var left in _left.Steps(pair.Left))
        {
            foreach (var right in _right.Steps(pair.Right))
            {
                var common = ByteSet.Common(left.Bytes, right.Bytes);
                if (common.IsEmpty)
                {
                    continue;
                }

                foreach (var next in Pairs(left.Next, right.Next))
                {
                    links.Add(new Link(common, next));
                    Visit(next).Add(pair);
                }
            }
        }

        _links[pair] = [.. links.OrderBy(static link => link.Common.Rank)];
    }

    // Gives the list of the pairs from which it can be reached.
    private List<(int, int)> Visit((int, int) pair)
    {
        if (!_sources.TryGetValue(pair, out var sources))
        {
            _sources.Add(pair, sources = []);
            _links.Add(pair, []);
            _unexplored.Enqueue(pair);
        }

        return sources;
    }

    // Which symbol of several it is makes no difference where all texts are real.
    private bool IsExact((int Left, int Right) pair) => IsExact(_left, pair.Left) && IsExact(_right, pair.Right);

    private static bool IsExact(KeyPath path, int state) =>
        state == path.End || path.TextsOf(path.SegmentOf(state)) is null or { IsExact: true };

    // How far it is to the end from each pair that has a way to it.
    private void Measure()
    {
        var end = (_left.End, _right.End);
        if (!_sources.ContainsKey(end))
        {
            return;
        }

        _distances.Add(end, 0);
        var open = new Queue<(int, int)>([end]);
        while (open.Count > 0)
        {
            var pair = open.Dequeue();
            foreach (var source in _sources[pair])
            {
                if (!_distances.ContainsKey(source))
                {
                    _distances.Add(source, _distances[pair] + 1);
                    open.Enqueue(source);
                }
            }
        }
    }

    // What can follow depends on the texts that have begun and have to be real ones; where there are none, once is enough, and else a
    // number of beginnings.
    private bool IsNew(Step step)
    {
        if (!HasBegun(_left, step, static pair => pair.Left) && !HasBegun(_right, step, static pair => pair.Right))
        {
            return _passed.Add((step.Pair, step.Length == 0));
        }

        _beginnings.TryGetValue(step.Pair, out var count);
        _beginnings[step.Pair] = count + 1;
        return count < MaxBeginnings;
    }

    private static bool HasBegun(KeyPath path, Step step, Func<(int Left, int Right), int> side) => step.Previous is { } previous
        && !IsExact(path, side(step.Pair))
        && path.SegmentOf(side(previous.Pair)) == path.SegmentOf(side(step.Pair));

    // Where a placeholder ends, its text has to be a real one; so what cannot become a key is left at once.
    private bool HasRealTexts(Step step) => step.Previous is null
        || (HasRealText(_left, step, static pair => pair.Left) && HasRealText(_right, step, static pair => pair.Right));

    private bool HasRealText(KeyPath path, Step step, Func<(int Left, int Right), int> side)
    {
        var segment = path.SegmentOf(side(step.Previous!.Pair));
        if (path.SegmentOf(side(step.Pair)) == segment || path.TextsOf(segment) is not { IsExact: false } texts)
        {
            return true;
        }

        var symbols = new List<int>();
        for (var last = step; last.Previous is { } previous && path.SegmentOf(side(previous.Pair)) == segment; last = previous)
        {
            symbols.Add(last.Symbol);
        }

        symbols.Reverse();
        var text = new string([.. symbols.Select(static symbol => (char)symbol)]);
        if (!_known.TryGetValue((texts, text), out var isText))
        {
            isText = texts.IsText(symbols);
            _known.Add((texts, text), isText);
        }

        return isText;
    }

    private CommonKey? Read(Step end)
    {
        var steps = new Stack<Step>();
        for (var step = end; step.Previous is not null; step = step.Previous)
        {
            steps.Push(step);
        }

        return IsReal(_left, steps, static pair => pair.Left) && IsReal(_right, steps, static pair => pair.Right)
            ? CommonKey.Create([.. steps.Select(step => (step.Symbol, _left.SegmentOf(step.Previous!.Pair.Left), _right.SegmentOf(step.Previous.Pair.Right)))])
            : null;
    }

    private static bool IsReal(KeyPath path, IEnumerable<Step> steps, Func<(int Left, int Right), int> side)
    {
        var texts = steps.ToLookup(step => path.SegmentOf(side(step.Previous!.Pair)), static step => step.Symbol);
        return Enumerable.Range(0, path.SegmentCount).All(segment => path.TextsOf(segment)?.IsText([.. texts[segment]]) ?? true);
    }

    private static IEnumerable<(int Left, int Right)> Pairs(int[] left, int[] right)
    {
        foreach (var one in left)
        {
            foreach (var other in right)
            {
                yield return (one, other);
            }
        }
    }

    private readonly record struct Link(ByteSet Common, (int Left, int Right) Next);

    private sealed record Step((int Left, int Right) Pair, Step? Previous, int Symbol, int Length);
}
