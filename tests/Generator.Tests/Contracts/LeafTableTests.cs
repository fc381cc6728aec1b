namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Each type that is written by one call, read as each other one: what the comparison says is what happens.</summary>
public sealed class LeafTableTests
{
    [Fact]
    public Task As_it_is() => CompareAsync(static leaf => new Spec.Leaf(leaf));

    [Fact]
    public Task With_null() => CompareAsync(static leaf => new Spec.Leaf(leaf) { IsNullable = true }, static leaf => new Spec.Leaf(leaf));

    private static async Task CompareAsync(params Func<string, Spec>[] forms)
    {
        var counts = await PairRun.CompareAllAsync(
            [.. forms.SelectMany(form => LeafSamples.Values.Keys.Select(leaf => new Spec.Item(ItemKind.Class, KeyedByName: false, [new Part(0, "Value", form(leaf))])))]);
        Assert.True(counts[Verdict.Fine] > LeafSamples.Values.Count);
    }
}
