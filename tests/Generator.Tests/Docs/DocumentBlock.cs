using System.Text;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>A block of C# in a page.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The line of the page on which its code begins.</param>
/// <param name="Code">The code.</param>
internal sealed record DocumentBlock(string Page, int Line, string Code)
{
    private const string Fence = "```";

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

            var isCode = lines[i] is "```csharp";
            var code = new StringBuilder();
            var first = i + 2;
            for (i++; !lines[i].StartsWith(Fence, StringComparison.Ordinal); i++)
            {
                code.Append(lines[i]).Append('\n');
            }

            if (isCode)
            {
                blocks.Add(new DocumentBlock(page, first, code.ToString()));
            }
        }

        return blocks;
    }
}
