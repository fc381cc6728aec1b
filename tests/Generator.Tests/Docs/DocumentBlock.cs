using System.Text;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>A block of code in a page.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The line of the page on which its code begins.</param>
/// <param name="Language">What stands behind its fence; empty for what is typed or shown in a terminal.</param>
/// <param name="Code">The code.</param>
internal sealed record DocumentBlock(string Page, int Line, string Language, string Code)
{
    private const string Fence = "```";

    /// <summary>Whether it is not in a page, but what a page takes for granted.</summary>
    public bool IsPrelude => Page.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>All blocks of a page, in their order.</summary>
    /// <param name="page">The page, from the root of the repository.</param>
    /// <param name="text">Its text.</param>
    public static IReadOnlyList<DocumentBlock> Of(string page, string text)
    {
        var blocks = new List<DocumentBlock>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var (language, first, code) = (lines[i][Fence.Length..], i + 2, new StringBuilder());
            for (i++; !lines[i].StartsWith(Fence, StringComparison.Ordinal); i++)
            {
                code.Append(lines[i]).Append('\n');
            }

            blocks.Add(new DocumentBlock(page, first, language, code.ToString()));
        }

        return blocks;
    }
}
