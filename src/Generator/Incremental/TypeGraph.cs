namespace TypedCache.Generator.Incremental;

/// <summary>
/// Which types of a project can depend on which others: on each type whose name they mention, wherever that is declared, and on what
/// that one depends on.
/// </summary>
internal sealed class TypeGraph
{
    private const string AttributeSuffix = "Attribute";

    private readonly List<DeclaredType> _types = [];
    private readonly int[] _firstOfTree;
    private readonly Dictionary<string, List<int>> _byName = new(StringComparer.Ordinal);
    private readonly int[]?[] _next;
    private readonly int[] _shared;

    public TypeGraph(IReadOnlyList<TreeSignature> trees)
    {
        _firstOfTree = new int[trees.Count];
        for (var i = 0; i < trees.Count; i++)
        {
            _firstOfTree[i] = _types.Count;
            _types.AddRange(trees[i].Types);
        }

        for (var i = 0; i < _types.Count; i++)
        {
            AddNames(i);
        }

        _next = new int[_types.Count][];
        _shared = [.. Find(trees.SelectMany(static tree => tree.SharedMentions))
            .Concat(Enumerable.Range(0, _types.Count).Where(index => _types[index].IsFramework))];
    }

    /// <summary>A type with all that it can depend on, in the order of their files.</summary>
    /// <param name="tree">The position of the type's file.</param>
    /// <param name="start">Where the type begins in it.</param>
    public IEnumerable<DeclaredType> Reach(int tree, int start) =>
        Reach([_types.FindIndex(_firstOfTree[tree], type => type.Start == start)]);

    /// <summary>All types of a file with all that they can depend on, in the order of their files.</summary>
    /// <param name="tree">The position of the file.</param>
    public IEnumerable<DeclaredType> Reach(int tree)
    {
        var first = _firstOfTree[tree];
        var next = tree + 1 < _firstOfTree.Length ? _firstOfTree[tree + 1] : _types.Count;
        return Reach(Enumerable.Range(first, next - first));
    }

    private IEnumerable<DeclaredType> Reach(IEnumerable<int> from)
    {
        var reached = new SortedSet<int>();
        var open = new Stack<int>(_shared.Concat(from));
        while (open.Count > 0)
        {
            var type = open.Pop();
            if (reached.Add(type))
            {
                Array.ForEach(Next(type), open.Push);
            }
        }

        return reached.Select(index => _types[index]);
    }

    private int[] Next(int type)
    {
        // Two callers at once find the same.
        return _next[type] ??= [.. Find(_types[type].Mentions.Concat(_types[type].Names)).Distinct()];
    }

    private IEnumerable<int> Find(IEnumerable<string> names) =>
        names.SelectMany(name => _byName.TryGetValue(name, out var types) ? types : []);

    // An attribute can be mentioned by the shorter name.
    private void AddNames(int index)
    {
        foreach (var name in _types[index].Names)
        {
            Add(name, index);
            if (name.EndsWith(AttributeSuffix, StringComparison.Ordinal))
            {
                Add(name.Substring(0, name.Length - AttributeSuffix.Length), index);
            }
        }
    }

    private void Add(string name, int index)
    {
        if (!_byName.TryGetValue(name, out var types))
        {
            _byName.Add(name, types = []);
        }

        types.Add(index);
    }
}
