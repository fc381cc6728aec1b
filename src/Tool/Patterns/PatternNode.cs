using System.Runtime.InteropServices;

namespace TypedCache.Tool.Patterns;

/// <summary>A place in learned patterns: the parts that follow it, and what is counted for keys that end there.</summary>
/// <param name="mostTexts">How many different parts may follow before they are all taken for one variable part.</param>
internal sealed class PatternNode<T>(int mostTexts)
    where T : class, IPatternCount<T>, new()
{
    private Dictionary<string, PatternNode<T>> _children = [];

    /// <summary>What is counted for keys that end here; null: there is none.</summary>
    public T? Count { get; set; }

    /// <summary>Whether all parts that follow are variable.</summary>
    public bool IsVariable { get; private set; }

    /// <summary>The place behind a part; null: there is none.</summary>
    public PatternNode<T>? Find(ReadOnlySpan<char> part) =>
        _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(part, out var child) ? child : null;

    /// <summary>Adds a part, or what is known behind it to what is known already.</summary>
    public void Add(string part, PatternNode<T> child)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_children, part, out var isKnown);
        if (isKnown)
        {
            known!.Take(child);
            return;
        }

        known = child;
        if (!IsVariable && _children.Count > mostTexts)
        {
            MakeVariable();
        }
    }

    /// <summary>All patterns from here on.</summary>
    /// <param name="path">What leads here.</param>
    public IEnumerable<KeyValuePair<string, T>> Counts(string path)
    {
        if (Count is { } own)
        {
            yield return new(path, own);
        }

        foreach (var (part, child) in _children)
        {
            foreach (var pattern in child.Counts(path + part))
            {
                yield return pattern;
            }
        }
    }

    // A part and its end stay two different things: "a:b" and "a" are.
    private void MakeVariable()
    {
        IsVariable = true;
        var children = _children;
        _children = [];
        Span<char> buffer = stackalloc char[2];
        foreach (var (part, child) in children)
        {
            Add(KeyPart.Variable(part, buffer).ToString(), child);
        }
    }

    private void Take(PatternNode<T> other)
    {
        if (other.Count is { } count)
        {
            (Count ??= new T()).Add(count);
        }

        if (other.IsVariable && !IsVariable)
        {
            MakeVariable();
        }

        Span<char> buffer = stackalloc char[2];
        foreach (var (part, child) in other._children)
        {
            Add(IsVariable ? KeyPart.Variable(part, buffer).ToString() : part, child);
        }
    }
}
