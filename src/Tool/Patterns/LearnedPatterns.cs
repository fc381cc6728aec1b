using System.Text;
using TypedCache.Tool.Keys;

namespace TypedCache.Tool.Patterns;

/// <summary>
/// Patterns that are learned from the keys themselves. A key is taken apart at <c>:</c>, <c>/</c> and <c>|</c>. Parts with digits are
/// variable at once; others once there are many different ones in the same place. What is kept is bounded, however many keys there are.
/// </summary>
/// <param name="keyPrefix">What the pool puts in front of all keys.</param>
internal sealed class LearnedPatterns<T>(string keyPrefix) : PatternTable<T>(keyPrefix)
    where T : class, IPatternCount<T>, new()
{
    // How many different texts a place may have before it counts as variable. The first one names applications, of which there can be many.
    private const int MostTexts = 24;
    private const int MostFirstTexts = 200;
    private const int MostParts = 8;
    private const int MostNodes = 20_000;

    private readonly PatternNode<T> _root = new(MostFirstTexts);
    private int _nodes;

    public override bool IsLearned => true;

    public override IEnumerable<KeyValuePair<string, T>> Counts =>
        _root.Counts("").Select(pattern => KeyValuePair.Create(ShownKey.Of(Encoding.UTF8.GetBytes(pattern.Key)), pattern.Value));

    protected override T? FindWithoutPrefix(ReadOnlySpan<byte> key)
    {
        Span<char> buffer = stackalloc char[Encoding.UTF8.GetMaxCharCount(key.Length)];
        ReadOnlySpan<char> rest = buffer[..Encoding.UTF8.GetChars(key, buffer)];
        var node = _root;
        for (var part = 1; !rest.IsEmpty; part++)
        {
            var length = part == MostParts ? rest.Length : KeyPart.Length(rest);
            node = Child(node, rest[..length]);
            rest = rest[length..];
        }

        return node.Count ??= new T();
    }

    private PatternNode<T> Child(PatternNode<T> node, ReadOnlySpan<char> text)
    {
        Span<char> buffer = stackalloc char[text.Length + 1];
        var part = KeyPart.Generalize(text, buffer);
        if (node.Find(part) is { } known)
        {
            return known;
        }

        var isVariable = node.IsVariable || _nodes >= MostNodes;
        part = isVariable ? KeyPart.Variable(text, buffer) : part;
        if (isVariable && node.Find(part) is { } variable)
        {
            return variable;
        }

        _nodes++;
        node.Add(part.ToString(), new PatternNode<T>(MostTexts));
        return node.IsVariable ? node.Find(KeyPart.Variable(text, buffer))! : node.Find(part)!;
    }
}
