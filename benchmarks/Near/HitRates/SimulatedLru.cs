namespace TypedCache.Benchmarks.Near.HitRates;

/// <summary>What was not read for the longest time goes: what a simple cache would reach.</summary>
internal sealed class SimulatedLru(int capacity) : ISimulatedCache
{
    private readonly Dictionary<int, LinkedListNode<int>> _nodes = [];
    private readonly LinkedList<int> _order = [];

    public bool Read(int key)
    {
        if (_nodes.TryGetValue(key, out var node))
        {
            _order.Remove(node);
            _order.AddFirst(node);
            return true;
        }

        if (_nodes.Count == capacity)
        {
            _nodes.Remove(_order.Last!.Value);
            _order.RemoveLast();
        }

        _nodes.Add(key, _order.AddFirst(key));
        return false;
    }
}
