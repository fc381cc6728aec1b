using Microsoft.CodeAnalysis;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>The user has the last word about a rule: by pragma, by attribute, in .editorconfig and in the project.</summary>
public sealed class SuppressionTests
{
    private const string Unused = "[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id, int region);";

    // One mistake of each kind of report: while parsing, by the analyzer, inside a string, and by matching templates.
    public static TheoryData<string, string> Mistakes => new()
    {
        { "TC0103", Unused },
        { "TC0107", "[CacheKey(\"p:{name}\")] ValueTask<string?> GetAsync(string name);" },
        { "TC0110", "[CacheKey(\"{a}{b}\")] ValueTask<string?> GetAsync(int a, int b);" },
        { "TC0203", "[CacheKey(\"p\")] ValueTask<string?> GetAsync();" },
        { "TC0207", "[CacheKey(\"p\")] ValueTask<int> GetAsync();" },
        { "TC0106", $"[CacheKey(\"{new string('a', 240)}{{id}}\")] ValueTask<string?> GetAsync(int id);" },
        { "TC0108", "[CacheKey(\"{id}\")] ValueTask<string?> GetAsync(int id); [CacheKey(\"{name}\")] ValueTask<int?> GetNamedAsync(string name);" },
        { "TC0109", "[CacheKey(\"{id}\")] ValueTask<string?> GetAsync(int id); [CacheKey(\"{name}\")] ValueTask<string?> GetNamedAsync(string name);" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_pragma_silences(string id, string member)
    {
        Assert.Equal([id], Reported(id, Client(member)));
        Assert.Empty(Reported(id, Client($"\n#pragma warning disable {id}\n{member}\n#pragma warning restore {id}\n")));
        Assert.Equal([id], Reported(id, Client($"\n#pragma warning disable {id}\n#pragma warning restore {id}\n{member}")));
        Assert.Equal([id], Reported(id, Client($"\n#pragma warning disable TC0112\n{member}\n")));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void An_attribute_silences(string id, string member)
    {
        var attribute = $"[System.Diagnostics.CodeAnalysis.SuppressMessage(\"TypedCache\", \"{id}\", Justification = \"Decided.\")]";

        Assert.Empty(Reported(id, Client(member).Replace("[CacheClient", attribute + "\n[CacheClient", StringComparison.Ordinal)));
        Assert.Empty(Reported(id, Client(member).Replace("[CacheKey", attribute + " [CacheKey", StringComparison.Ordinal)));
        Assert.Equal([id], Reported(id, Client(member).Replace("[CacheClient", attribute.Replace(id, "TC0112", StringComparison.Ordinal) + "\n[CacheClient", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Editorconfig_changes_the_severity(string id, string member)
    {
        foreach (var (written, expected) in new[] { (ReportDiagnostic.Error, DiagnosticSeverity.Error), (ReportDiagnostic.Info, DiagnosticSeverity.Info) })
        {
            var diagnostic = Assert.Single(GeneratorRun.Of(WithEditorconfig(id, written, member)).Diagnostics, diagnostic => diagnostic.Id == id);
            Assert.Equal(expected, diagnostic.Severity);
        }

        Assert.DoesNotContain(GeneratorRun.Of(WithEditorconfig(id, ReportDiagnostic.Suppress, member)).Diagnostics, diagnostic => diagnostic.Id == id);
    }

    [Fact]
    public void The_project_can_change_a_severity()
    {
        var compilation = Create(Client(Unused));
        var quiet = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            compilation.Options.SpecificDiagnosticOptions.Add("TC0103", ReportDiagnostic.Suppress)));

        GeneratorRun.Of(quiet).AssertCompiles();
    }

    [Fact]
    public void A_key_which_the_user_accepts_as_too_long_is_generated()
    {
        var method = $"[CacheKey(\"{new string('a', 240)}{{id}}\")] ValueTask<string?> GetAsync(int id);";

        Assert.Contains("GetAsync", GeneratorRun.Of(Client($"\n#pragma warning disable TC0106\n{method}\n")).SingleSource(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Reported(string id, string source) =>
        GeneratorRun.Of(Loud(Create(source), id)).Diagnostics.Select(static diagnostic => diagnostic.Id).Where(reported => reported == id);

    private static Compilation WithEditorconfig(string id, ReportDiagnostic severity, string member)
    {
        var compilation = Loud(Create(Client(member)), id);
        return compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Editorconfig(id, severity)));
    }

    private sealed class Editorconfig(string id, ReportDiagnostic severity) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic value)
        {
            value = severity;
            return diagnosticId == id;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic value)
        {
            value = severity;
            return false;
        }
    }
}
