using Microsoft.CodeAnalysis;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

public sealed class SuppressionTests
{
    private const string Unused = "[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id, int region);";

    [Fact]
    public void A_pragma_silences_a_warning() =>
        GeneratorRun.Of(Client($"\n#pragma warning disable TC0103\n{Unused}\n#pragma warning restore TC0103\n")).AssertCompiles();

    [Fact]
    public void A_pragma_silences_only_its_own_rule() => Assert.Equal(
        "TC0103", Assert.Single(GeneratorRun.Of(Client($"\n#pragma warning disable TC0207\n{Unused}\n")).Diagnostics).Id);

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
}
