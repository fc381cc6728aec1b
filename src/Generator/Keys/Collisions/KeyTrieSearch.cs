using TypedCache.Generator.Keys.Texts;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>Looks up a shape in the tree, step by step.</summary>
internal sealed class KeyTrieSearch
{
    private readonly KeyPath _path;
    private readonly PartnerSearch _partners;
    private readonly HashSet<long> _known = [];
    private readonly Queue<Place> _open = new();

    public KeyTrieSearch(KeyTrie trie, KeyPath path, PartnerSearch partners)
    {
        (_path, _partners) = (path, partners);
        foreach (var state in path.Start)
        {
            Enter(state, trie.Root);
        }
    }

    /// <summary>Whether all was searched.</summary>
    public bool IsDone => _open.Count == 0;

    /// <summary>Goes on by one place.</summary>
    public void Step()
    {
        var place = _open.Dequeue();
        if (place.Branch is { } branch)
        {
            StepInto(branch, place);
        }
        else if (_path.TryLiteral(place.State, out var value, out var next))
        {
            if (place.Node.FindLiteral(value) is { } node)
            {
                Enter(next, node);
            }
        }
        else
        {
            StepInto(place.Node, place.State);
        }
    }

    private void StepInto(KeyTrieNode node, int state)
    {
        if (!node.HasLiterals)
        {
            return;
        }

        var literals = node.Literals;
        foreach (var (bytes, next) in _path.Steps(state))
        {
            foreach (var literal in literals)
            {
                if (bytes.Contains(literal.Key))
                {
                    Enter(next, literal.Value);
                }
            }
        }
    }

    private void StepInto(KeyTrieBranch branch, Place place)
    {
        foreach (var (bytes, next) in _path.Steps(place.State))
        {
            foreach (var step in branch.Automaton.Steps(place.Local))
            {
                if (!ByteSet.Common(bytes, step.Bytes).IsEmpty)
                {
                    Enter(next, branch, step.Next);
                }
            }
        }
    }

    private void Enter(int[] states, KeyTrieNode node)
    {
        foreach (var state in states)
        {
            Enter(state, node);
        }
    }

    private void Enter(int[] states, KeyTrieBranch branch, int local)
    {
        foreach (var state in states)
        {
            Add(new Place(state, branch.Next, branch, local), branch.Position + local);
            if (branch.Automaton.Accepts(local))
            {
                Enter(state, branch.Next);
            }
        }
    }

    private void Enter(int state, KeyTrieNode node)
    {
        if (!Add(new Place(state, node, null, 0), node.Position))
        {
            return;
        }

        if (state == _path.End)
        {
            foreach (var group in node.Groups)
            {
                _partners.Consider(group);
            }
        }

        foreach (var branch in node.Branches)
        {
            Enter([state], branch, 0);
        }
    }

    // Nothing is behind the end of the path but the ends of others.
    private bool Add(Place place, int position)
    {
        if (!_partners.Wants(place.Node.Values) || !_known.Add(((long)place.State << 32) | (uint)position))
        {
            return false;
        }

        if (place.State != _path.End)
        {
            _open.Enqueue(place);
        }

        return true;
    }

    private readonly record struct Place(int State, KeyTrieNode Node, KeyTrieBranch? Branch, int Local);
}
