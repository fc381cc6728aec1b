using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Incremental;

/// <summary>The <c>#nullable</c> directives up to a place in a file. Those in a body count for what stands behind it.</summary>
internal struct NullableState
{
    private Digest _directives;

    public readonly ulong Value => _directives.Value;

    /// <summary>Reads the directives in front of a token; tells whether there are any.</summary>
    public bool Read(SyntaxToken token)
    {
        if (!token.ContainsDirectives)
        {
            return false;
        }

        var before = _directives.Value;
        foreach (var trivia in token.LeadingTrivia)
        {
            if (trivia.IsKind(SyntaxKind.NullableDirectiveTrivia))
            {
                _directives.Add(trivia.ToString());
            }
        }

        return _directives.Value != before;
    }

    /// <summary>Reads the directives in what is left out.</summary>
    public void ReadAll(SyntaxNode node)
    {
        if (!node.ContainsDirectives)
        {
            return;
        }

        foreach (var token in node.DescendantTokens())
        {
            Read(token);
        }
    }
}
