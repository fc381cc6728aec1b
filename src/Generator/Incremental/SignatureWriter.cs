using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedCache.Generator.Incremental;

/// <summary>Takes syntax into a digest, and gathers the names it mentions. Comments and whitespace make no difference.</summary>
internal sealed class SignatureWriter
{
    private readonly HashSet<string> _mentions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _attributes = new(StringComparer.Ordinal);
    private Digest _content;

    public ulong Content => _content.Value;

    public IReadOnlyCollection<string> Mentions => _mentions;

    /// <summary>The names of the attributes as they are written, without what is in front of the last dot.</summary>
    public IReadOnlyCollection<string> Attributes => _attributes;

    public void Write(string text) => _content.Add(text);

    public void Write(SyntaxKind kind) => _content.Add((ulong)kind);

    public void Write(NullableState nullable) => _content.Add(nullable.Value);

    /// <summary>Writes a node with all that is in it.</summary>
    public void WriteAll(SyntaxNode node, ref NullableState nullable)
    {
        foreach (var part in node.DescendantNodesAndTokensAndSelf())
        {
            if (part.IsToken)
            {
                Write(part.AsToken(), ref nullable);
            }
            else
            {
                Write(part.Kind());
                NoteAttribute(part.AsNode());
            }
        }
    }

    public void Write(SyntaxToken token, ref NullableState nullable)
    {
        if (nullable.Read(token))
        {
            Write(nullable);
        }

        _content.Add(((ulong)token.RawKind << 1) | (token.IsMissing ? 1UL : 0));
        if (SyntaxFacts.IsKeywordKind(token.Kind()) || SyntaxFacts.IsPunctuation(token.Kind()))
        {
            return;
        }

        _content.Add(token.Text);
        if (token.Parent is SimpleNameSyntax)
        {
            _mentions.Add(token.ValueText);
        }
    }

    private void NoteAttribute(SyntaxNode? node)
    {
        if (node is AttributeSyntax attribute)
        {
            _attributes.Add(AttributeNames.LastOf(attribute));
        }
    }
}
