using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Incremental;

public sealed class IncrementalTests
{
    private const string Usings = "using System.Threading.Tasks; using TypedCache;\n";
    private const string First = Usings + "[CacheClient] public partial interface IFirst { [CacheKey(\"a:{id}\")] ValueTask<string?> GetAsync(int id); }";
    private const string Second = Usings + "[CacheClient] public partial interface ISecond { [CacheKey(\"b:{id}\")] ValueTask<string?> GetAsync(int id, int unused, System.Threading.CancellationToken ct); }";

    [Fact]
    public void An_unrelated_edit_changes_nothing()
    {
        var compilation = Create(First, Second, "class Other { }");
        var run = GeneratorRun.Of(compilation).Then(Edit(compilation, 2, "class Other { int x; }"));

        Assert.All(Reasons(run, CacheClientGenerator.ModelStep), static reason => Assert.True(IsKept(reason)));
        Assert.All(OutputReasons(run), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_moved_interface_is_not_emitted_again()
    {
        var compilation = Create(First, Second);
        var run = GeneratorRun.Of(compilation).Then(Edit(compilation, 1, "\n\n" + Second));

        Assert.All(Reasons(run, CacheClientGenerator.ModelStep), static reason => Assert.True(IsKept(reason)));
        // Its mistake has moved along, so that output alone is new.
        Assert.Equal(1, OutputReasons(run).Count(static reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(2, Assert.Single(run.Diagnostics).Location.GetLineSpan().StartLinePosition.Line - 1);
    }

    [Fact]
    public void Only_the_interface_which_changes_is_emitted_again()
    {
        var compilation = Create(First, Second);
        var run = GeneratorRun.Of(compilation).Then(Edit(compilation, 0, First.Replace("a:{id}", "c:{id}", StringComparison.Ordinal)));

        var reasons = Reasons(run, CacheClientGenerator.ModelStep).ToList();
        Assert.Equal(1, reasons.Count(static reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(1, reasons.Count(IsKept));
        Assert.Contains(run.Sources, static source => source.SourceText.ToString().Contains("\"c:\"u8", StringComparison.Ordinal));
    }

    [Fact]
    public void A_type_which_an_interface_uses_is_part_of_what_it_depends_on()
    {
        const string Client = Usings + "[CacheClient] public partial interface ISized { [CacheKey(\"a:{size}\")] ValueTask<string?> GetAsync(Size size); }";
        var compilation = Create(Client, "public enum Size { S, M }");
        var run = GeneratorRun.Of(compilation).Then(Edit(compilation, 1, "public enum Size { S, M, L }"));

        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(Reasons(run, CacheClientGenerator.ModelStep)));
        Assert.Contains("global::Size.L", run.SingleSource(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_moves_is_not_matched_again()
    {
        const string Other = Usings + "[CacheClient] public partial interface IOther { [CacheKey(\"a:{name}\")] ValueTask<string?> GetAsync(string name); }";
        var compilation = Create(First, Other, "class Unrelated { }");
        var first = GeneratorRun.Of(compilation);
        var moved = first.Then(Edit(compilation, 1, "\n" + Other));

        Assert.Equal(IncrementalStepRunReason.Cached, Assert.Single(Reasons(moved, CacheClientGenerator.CollisionsStep)));
        Assert.Equal(1, Assert.Single(moved.Problems).Location.GetLineSpan().StartLinePosition.Line - Assert.Single(first.Problems).Location.GetLineSpan().StartLinePosition.Line);
        var unrelated = first.Then(Edit(compilation, 2, "class Unrelated { int x; }"));
        Assert.Equal(IncrementalStepRunReason.Cached, Assert.Single(Reasons(unrelated, CacheClientGenerator.CollisionsStep)));
        Assert.All(OutputReasons(unrelated), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_template_which_changes_is_matched_again_and_nothing_else_is_emitted()
    {
        var compilation = Create(First, "\n" + Second);
        var run = GeneratorRun.Of(compilation).Then(Edit(compilation, 0, First.Replace("a:{id}", "b:{text}", StringComparison.Ordinal).Replace("int id", "string text", StringComparison.Ordinal)));

        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(Reasons(run, CacheClientGenerator.CollisionsStep)));
        Assert.Contains(run.Problems, static diagnostic => diagnostic.Id == "TC0109");
        Assert.Equal(1, Reasons(run, CacheClientGenerator.ModelStep).Count(static reason => reason == IncrementalStepRunReason.Modified));
    }

    [Theory]
    [InlineData(CacheClientGenerator.KeysStep)]
    [InlineData(CacheClientGenerator.CollisionsStep)]
    public void What_is_matched_holds_nothing_of_the_compiler(string step)
    {
        var run = GeneratorRun.Of(First, First.Replace("IFirst", "IOther", StringComparison.Ordinal).Replace("a:{id}", "{text}", StringComparison.Ordinal).Replace("int id", "string text", StringComparison.Ordinal));

        Assert.Equal("TC0109", Assert.Single(run.Problems).Id);
        Assert.All(Steps(run)[step].SelectMany(static each => each.Outputs), static output => AssertFree(output.Value, [], "keys"));
    }

    [Fact]
    public void Near_values_keep_all_steps_until_their_type_changes()
    {
        const string Client = Usings
            + "[CacheClient(Near = \"2s\", NearRevalidate = \"1m\")] public partial interface INear { [CacheKey(\"a:{id}\")] ValueTask<Line?> GetAsync(int id); [CacheKey(\"b:{id}\")] CacheEntry<int[]> Entry(int id); }";
        const string Line = "public class Line { public int Id { get; init; } public int Twice() => 1; }";
        var compilation = Create(Client, Line);
        var first = GeneratorRun.Of(compilation);
        var same = first.Then(Edit(compilation, 1, Line.Replace("=> 1", "=> 2", StringComparison.Ordinal)));

        Assert.All(Reasons(same, CacheClientGenerator.ModelStep), static reason => Assert.True(IsKept(reason)));
        Assert.All(OutputReasons(same), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(Steps(same)[CacheClientGenerator.ModelStep].SelectMany(static step => step.Outputs), static output => AssertFree(output.Value, [], "model"));

        Assert.Contains("SharesValues", first.SingleSource(), StringComparison.Ordinal);
        var changed = first.Then(Edit(compilation, 1, Line.Replace("init", "set", StringComparison.Ordinal)));
        Assert.DoesNotContain("SharesValues", changed.SingleSource(), StringComparison.Ordinal);
        Assert.Equal(["TC0401", "TC0401"], changed.Diagnostics.Where(static one => one.Id == "TC0401").Select(static one => one.Id));
    }

    [Fact]
    public void A_dialect_that_changes_elsewhere_changes_the_interface_alone()
    {
        const string Shared = Usings + "[CacheClient(\"s\", Dialect = Cluster.Dialect)] public partial interface IShared { [CacheKey(\"s:{id}\")] ValueTask<Line?> GetAsync(int id, System.Threading.CancellationToken ct); }";
        const string Cluster = "public static class Cluster { public const TypedCache.CacheDialect Dialect = TypedCache.CacheDialect.EnyimMessagePack; } public class Line { public int Id { get; set; } }";
        var compilation = Create(Shared, First, Cluster);
        var first = GeneratorRun.Of(compilation);
        var same = first.Then(Edit(compilation, 2, Cluster + "class Unrelated { }"));
        var changed = first.Then(Edit(compilation, 2, Cluster.Replace("EnyimMessagePack", "PhpMemcached", StringComparison.Ordinal)));
        var refused = first.Then(Edit(compilation, 2, Cluster.Replace("int Id", "decimal Id", StringComparison.Ordinal)));

        first.AssertCompiles();
        Assert.All(Reasons(same, CacheClientGenerator.ModelStep), static reason => Assert.True(IsKept(reason)));
        Assert.Equal(1, Reasons(changed, CacheClientGenerator.ModelStep).Count(static reason => reason == IncrementalStepRunReason.Modified));
        Assert.Contains(changed.Sources, static source => source.SourceText.ToString().Contains("CacheDialect.PhpMemcached", StringComparison.Ordinal));
        Assert.Equal("TC0307", Assert.Single(refused.Problems).Id);
        Assert.All(Steps(first)[CacheClientGenerator.ModelStep].SelectMany(static each => each.Outputs), static output => AssertFree(output.Value, [], "model"));
    }

    [Fact]
    public void Tags_that_move_are_not_matched_again()
    {
        const string Tagged = Usings + "[CacheClient] public partial interface ITagged { [CacheKey(\"t:{id}\"), CacheTag(\"of:{id}\"), CacheTag(\"length:{value.Length}\")] ValueTask<string?> GetAsync(int id); }";
        const string Invalidating = Usings + "[CacheClient] public partial interface IInvalidating { [CacheTag(\"of:{id}\")] ValueTask RemoveAsync(int id); }";
        var compilation = Create(Tagged, Invalidating, "class Unrelated { }");
        var first = GeneratorRun.Of(compilation);
        var moved = first.Then(Edit(compilation, 1, "\n" + Invalidating));
        var changed = moved.Then(Edit(compilation, 1, Invalidating.Replace("of:", "off:", System.StringComparison.Ordinal)));

        Assert.Equal(["TC0502"], first.Problems.Select(static problem => problem.Id));
        Assert.Equal(IncrementalStepRunReason.Cached, Assert.Single(Reasons(moved, CacheClientGenerator.TagsStep)));
        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(Reasons(changed, CacheClientGenerator.TagsStep)));
        Assert.Equal(["TC0502", "TC0502", "TC0503"], changed.Problems.Select(static problem => problem.Id).Order());
        Assert.All(Steps(first)[CacheClientGenerator.TagsStep].SelectMany(static each => each.Outputs), static output => AssertFree(output.Value, [], "tags"));
        Assert.All(Steps(first)[CacheClientGenerator.ModelStep].SelectMany(static each => each.Outputs), static output => AssertFree(output.Value, [], "model"));
    }

    [Fact]
    public void The_contract_is_compared_again_only_where_a_key_or_a_shape_has_changed()
    {
        const string Client = Usings + "[CacheClient] public partial interface ILines { [CacheKey(\"a:{id}\")] ValueTask SetAsync(int id, Line value); }";
        const string Line = "public class Line { public int Id { get; set; } public int Twice() => 1; }";
        var compilation = Create(Client, Line);
        var first = GeneratorRun.Against(compilation, GeneratorRun.Of(compilation).Contract);
        var same = first.Then(Edit(compilation, 1, Line.Replace("=> 1", "=> 2", StringComparison.Ordinal)));
        var moved = first.Then(Edit(compilation, 0, "\n" + Client));
        var changed = first.Then(Edit(compilation, 1, Line.Replace("int Id", "string Id", StringComparison.Ordinal)));

        Assert.All(OutputReasons(same), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(new[] { same, moved }, static run => Assert.True(!Steps(run).ContainsKey(CacheClientGenerator.ContractChangesStep) || Reasons(run, CacheClientGenerator.ContractChangesStep).All(IsKept)));
        Assert.Empty(moved.Problems);
        Assert.Equal("TC0601", Assert.Single(changed.Problems).Id);
        Assert.All(Steps(changed)[CacheClientGenerator.ContractChangesStep].SelectMany(static each => each.Outputs), static output => AssertFree(output.Value, [], "changes"));
    }

    [Fact]
    public void Two_runs_give_the_same_text() => Assert.Equal(
        GeneratorRun.Of(First).SingleSource(),
        GeneratorRun.Of(First).SingleSource());

    [Fact]
    public void Models_hold_nothing_of_the_compiler()
    {
        var run = GeneratorRun.Of(First, Second);
        var values = Steps(run)[CacheClientGenerator.ModelStep].SelectMany(static step => step.Outputs).Select(static output => output.Value).ToList();

        Assert.Equal(2, values.Count);
        Assert.All(values, static value => AssertFree(value, [], "model"));
    }

    [Fact]
    public void What_the_parse_keeps_besides_models_are_findings_and_places()
    {
        var parsed = Steps(GeneratorRun.Of(First, Second))[CacheClientGenerator.ParseStep]
            .SelectMany(static step => step.Outputs)
            .Select(static output => output.Value);

        Assert.All(parsed, static value => AssertFree(value, [], "parse", allowed: static held => held is Finding or SourcePlace));
    }

    private static bool IsKept(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static Compilation Edit(Compilation compilation, int index, string source) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.ElementAt(index), Parse(source, index));

    private static ImmutableDictionary<string, ImmutableArray<IncrementalGeneratorRunStep>> Steps(GeneratorRun run) =>
        run.Driver.GetRunResult().Results.Single().TrackedSteps;

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRun run, string step) =>
        Steps(run)[step].SelectMany(static run => run.Outputs).Select(static output => output.Reason);

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRun run) =>
        run.Driver.GetRunResult().Results.Single().TrackedOutputSteps.Values
            .SelectMany(static steps => steps).SelectMany(static step => step.Outputs).Select(static output => output.Reason);

    // Walks all that can be reached: what a cached value holds lives as long as the editor's session.
    private static void AssertFree(object? value, HashSet<object> seen, string path, Func<object, bool>? allowed = null)
    {
        if (value is null or string or Type || value.GetType().IsPrimitive || value.GetType().IsEnum
            || allowed?.Invoke(value) == true || !seen.Add(value))
        {
            return;
        }

        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location, $"{path} holds a {value.GetType()}.");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                AssertFree(item, seen, path + "[]", allowed);
            }
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                AssertFree(field.GetValue(value), seen, $"{path}.{field.Name}", allowed);
            }
        }
    }
}
