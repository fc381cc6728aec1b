using TypedCache.Generator.Keys.Texts;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Collisions;

/// <summary>
/// All shapes declared so far, as one tree in which those that begin alike share their beginnings. A shape that is looked up walks only
/// where the tree goes along with it.
/// </summary>
/// <param name="isReversed">Whether keys are read from their end, so that those that end alike share their ends.</param>
internal sealed class KeyTrie(bool isReversed)
{
    private int _positions = 1;

    public KeyTrieNode Root { get; } = new(0);

    public bool IsReversed => isReversed;

    /// <summary>Adds a template to the tree.</summary>
    /// <param name="group">The templates of its shape.</param>
    /// <param name="value">What is stored under it.</param>
    public void Add(KeyGroup group, StoredValue? value)
    {
        var node = Root;
        node.Values.Add(value);
        foreach (var part in isReversed ? group.Shape.Parts.Reverse() : group.Shape.Parts)
        {
            node = part is LiteralShapePart literal ? Add(node, literal, value) : Add(node, (ValueShapePart)part, group.Shape.Policy);
            node.Values.Add(value);
        }

        node.Add(group);
    }

    /// <summary>
    /// What accepts the texts of a placeholder in the tree. Limits make no difference here, since what meets is compared in full.
    /// </summary>
    public TextAutomaton Automaton(PartTexts texts) => texts.Outline(isReversed);

    private KeyTrieNode Add(KeyTrieNode node, LiteralShapePart literal, StoredValue? value)
    {
        foreach (var next in KeyPath.Bytes(literal, isReversed))
        {
            node.Values.Add(value);
            var child = node.FindLiteral(next);
            if (child is null)
            {
                child = new KeyTrieNode(_positions++);
                node.Add(next, child);
            }

            node = child;
        }

        return node;
    }

    private KeyTrieNode Add(KeyTrieNode node, ValueShapePart part, KeyPolicy policy)
    {
        var texts = PartTexts.Of(part with { MaxLength = 0 }, policy);
        var branch = node.FindBranch(texts);
        if (branch is null)
        {
            var automaton = Automaton(texts);
            branch = new KeyTrieBranch(automaton, _positions, new KeyTrieNode(_positions + automaton.Count));
            _positions += automaton.Count + 1;
            node.Add(texts, branch);
        }

        return branch.Next;
    }
}
