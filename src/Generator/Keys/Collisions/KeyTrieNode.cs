using TypedCache.Generator.Keys.Texts;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>A place between two bytes of a literal, or in front of a placeholder.</summary>
/// <param name="position">Its number among all positions of the tree.</param>
internal sealed class KeyTrieNode(int position)
{
    public int Position => position;

    public Dictionary<byte, KeyTrieNode> Literals { get; } = [];

    public Dictionary<PartTexts, KeyTrieBranch> Branches { get; } = [];

    /// <summary>The shapes that end here.</summary>
    public List<KeyGroup> Groups { get; } = [];

    /// <summary>What is stored here and below.</summary>
    public ValueForms Values { get; } = new();
}

/// <summary>A placeholder.</summary>
/// <param name="Automaton">What accepts its texts.</param>
/// <param name="Position">The number of its first state among all positions of the tree.</param>
/// <param name="Next">What is behind it.</param>
internal sealed record KeyTrieBranch(TextAutomaton Automaton, int Position, KeyTrieNode Next);
