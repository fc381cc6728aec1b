using TypedCache.Generator.Keys.Texts;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>A place between two bytes of a literal, or in front of a placeholder. Most have one byte behind them and nothing else.</summary>
/// <param name="position">Its number among all positions of the tree.</param>
internal sealed class KeyTrieNode(int position)
{
    private byte _firstByte;
    private KeyTrieNode? _first;
    private Dictionary<byte, KeyTrieNode>? _others;
    private Dictionary<PartTexts, KeyTrieBranch>? _branches;
    private List<KeyGroup>? _groups;

    public int Position => position;

    /// <summary>Whether a literal goes on here.</summary>
    public bool HasLiterals => _first is not null;

    /// <summary>What is behind each byte that a literal goes on with.</summary>
    public IEnumerable<KeyValuePair<byte, KeyTrieNode>> Literals =>
        _first is null ? []
        : _others is null ? [new KeyValuePair<byte, KeyTrieNode>(_firstByte, _first)]
        : _others.Prepend(new KeyValuePair<byte, KeyTrieNode>(_firstByte, _first));

    /// <summary>The placeholders.</summary>
    public IReadOnlyCollection<KeyTrieBranch> Branches => _branches is null ? [] : _branches.Values;

    /// <summary>The shapes that end here.</summary>
    public IReadOnlyList<KeyGroup> Groups => _groups is null ? [] : _groups;

    /// <summary>What is stored here and below.</summary>
    public ValueForms Values { get; } = new();

    /// <summary>What is behind a byte; null where no literal goes on with it.</summary>
    public KeyTrieNode? FindLiteral(byte value) =>
        _first is not null && _firstByte == value ? _first
        : _others is not null && _others.TryGetValue(value, out var node) ? node
        : null;

    /// <summary>What is behind a placeholder; null where there is none with these texts.</summary>
    public KeyTrieBranch? FindBranch(PartTexts texts) => _branches is not null && _branches.TryGetValue(texts, out var branch) ? branch : null;

    public void Add(byte value, KeyTrieNode node)
    {
        if (_first is null)
        {
            (_firstByte, _first) = (value, node);
        }
        else
        {
            (_others ??= []).Add(value, node);
        }
    }

    public void Add(PartTexts texts, KeyTrieBranch branch) => (_branches ??= []).Add(texts, branch);

    /// <summary>Adds a shape that ends here, unless it was.</summary>
    public void Add(KeyGroup group)
    {
        if (!(_groups ??= []).Contains(group))
        {
            _groups.Add(group);
        }
    }
}

/// <summary>A placeholder.</summary>
/// <param name="Automaton">What accepts its texts.</param>
/// <param name="Position">The number of its first state among all positions of the tree.</param>
/// <param name="Next">What is behind it.</param>
internal sealed record KeyTrieBranch(TextAutomaton Automaton, int Position, KeyTrieNode Next);
