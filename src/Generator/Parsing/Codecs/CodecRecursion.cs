using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>
/// Finds the codecs that can come back to themselves, and so must watch the stack: those in a strongly connected component with an edge
/// (Tarjan's algorithm, without recursion of its own, since types can be linked thousands deep).
/// </summary>
internal sealed class CodecRecursion
{
    private readonly Dictionary<string, Node> _nodes;
    private readonly Stack<Node> _path = new();
    private readonly Stack<Node> _component = new();
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private int _count;

    private CodecRecursion(IEnumerable<CodecModel> codecs)
    {
        _nodes = codecs.ToDictionary(
            static codec => codec.Name,
            static codec => new Node(codec.Name, [.. codec.Parts.OfType<ValueForm.Codec>().Select(static part => part.Name)]),
            StringComparer.Ordinal);
    }

    public static HashSet<string> Find(IEnumerable<CodecModel> codecs)
    {
        var search = new CodecRecursion(codecs);
        foreach (var node in search._nodes.Values)
        {
            search.Visit(node);
        }

        return search._found;
    }

    private void Visit(Node start)
    {
        if (start.Index >= 0)
        {
            return;
        }

        Enter(start);
        while (_path.Count > 0)
        {
            var node = _path.Peek();
            if (node.Next < node.Calls.Length)
            {
                Follow(node, _nodes[node.Calls[node.Next++]]);
            }
            else
            {
                Leave(_path.Pop());
            }
        }
    }

    private void Enter(Node node)
    {
        node.Index = node.Lowest = _count++;
        node.IsOpen = true;
        _path.Push(node);
        _component.Push(node);
    }

    private void Follow(Node from, Node to)
    {
        if (to.Index < 0)
        {
            Enter(to);
        }
        else if (to.IsOpen)
        {
            from.Lowest = Math.Min(from.Lowest, to.Index);
            from.CallsItself |= from == to;
        }
    }

    private void Leave(Node node)
    {
        if (_path.Count > 0)
        {
            _path.Peek().Lowest = Math.Min(_path.Peek().Lowest, node.Lowest);
        }

        if (node.Lowest != node.Index)
        {
            return;
        }

        var isCycle = node.CallsItself || _component.Peek() != node;
        Node member;
        do
        {
            member = _component.Pop();
            member.IsOpen = false;
            if (isCycle)
            {
                _found.Add(member.Name);
            }
        }
        while (member != node);
    }

    private sealed class Node(string name, string[] calls)
    {
        public string Name { get; } = name;

        public string[] Calls { get; } = calls;

        public int Next { get; set; }

        public int Index { get; set; } = -1;

        public int Lowest { get; set; }

        public bool IsOpen { get; set; }

        public bool CallsItself { get; set; }
    }
}
