using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.HalfTyped;

/// <summary>The sources that are embedded in this assembly, and what an editor shows of them while they are typed.</summary>
internal static class HalfTypedSource
{
    private const string Prefix = "HalfTyped.";

    /// <summary>What they are called.</summary>
    public static IEnumerable<string> Names => typeof(HalfTypedSource).Assembly.GetManifestResourceNames()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(static name => name[Prefix.Length..^".cs".Length]);

    /// <summary>The text of one.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(HalfTypedSource).Assembly.GetManifestResourceStream($"{Prefix}{name}.cs")!);
        return reader.ReadToEnd();
    }

    /// <summary>Each beginning of a text, and the text with one token left out, written twice, or changed for the next one.</summary>
    public static IEnumerable<SourceEdit> Edits(string text)
    {
        for (var length = 0; length < text.Length; length++)
        {
            yield return new SourceEdit("Prefix", length, text[..length]);
        }

        var root = CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions).GetRoot();
        var tokens = root.DescendantTokens().Where(static token => token.Span.Length > 0).ToArray();
        for (var index = 0; index < tokens.Length; index++)
        {
            var span = tokens[index].Span;
            var token = text[span.Start..span.End];
            yield return new SourceEdit("Deletion", span.Start, text.Remove(span.Start, span.Length));
            yield return new SourceEdit("Duplication", span.Start, text.Insert(span.End, $" {token}"));
            if (index + 1 < tokens.Length)
            {
                var next = tokens[index + 1].Span;
                yield return new SourceEdit(
                    "Swap", span.Start, $"{text[..span.Start]}{text[next.Start..next.End]} {token}{text[next.End..]}");
            }
        }
    }
}
