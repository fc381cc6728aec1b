using Microsoft.CodeAnalysis;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>Checks what a rule says, and where. In the source, <c>⟦</c> and <c>⟧</c> stand around the expected place.</summary>
public abstract class RuleTest
{
    private const char Open = '⟦';
    private const char Close = '⟧';

    /// <summary>Exactly one warning, error or hint of this rule is reported, with this id and message, at the marked place.</summary>
    private protected static void Reports(string id, string message, string markedSource)
    {
        var start = markedSource.IndexOf(Open, StringComparison.Ordinal);
        var end = markedSource.IndexOf(Close, StringComparison.Ordinal) - 1;
        var source = Unmarked(markedSource);
        var run = GeneratorRun.Of(TestCompilation.Loud(TestCompilation.Create(source), id));

        // A hint on the same line is not what another rule's test is about.
        var diagnostic = Assert.Single(run.Diagnostics, reported => reported.Id == id || reported.Severity >= DiagnosticSeverity.Warning);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(source[start..end], source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal(start, diagnostic.Location.SourceSpan.Start);
    }

    /// <summary>As <see cref="Reports"/>; and the mistake is the only error: generated code adds none of its own.</summary>
    private protected static void ReportsOnly(string id, string message, string markedSource)
    {
        Reports(id, message, markedSource);
        GeneratorRun.Of(Unmarked(markedSource)).AssertNoCompilerErrors();
    }

    /// <summary>The rule says nothing, not even a hint; nor does any other, and the generated code compiles.</summary>
    private protected static void Passes(string id, string source)
    {
        var run = GeneratorRun.Of(TestCompilation.Loud(TestCompilation.Create(source), id));
        run.AssertCompiles();
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == id);
    }

    /// <summary>Nothing is reported, and the generated code compiles.</summary>
    private protected static void Passes(string source) => GeneratorRun.Of(source).AssertCompiles();

    private protected static string Unmarked(string source) => source.Replace(Open.ToString(), "", StringComparison.Ordinal).Replace(Close.ToString(), "", StringComparison.Ordinal);
}
