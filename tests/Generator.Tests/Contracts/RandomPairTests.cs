namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Random types and random changes to them: what the comparison says is what happens, whoever reads what the other has written.</summary>
public sealed class RandomPairTests(ITestOutputHelper output)
{
    private const int Families = 11;
    private const int Size = 31;

    [Fact]
    public async Task Verdicts_are_what_happens()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TYPEDCACHE_SEED"), out var given) ? given : 1;
        var specs = new RandomSpecs(seed);
        var counts = await PairRun.CompareAsync([.. Enumerable.Range(0, Families).Select(_ => specs.Family(Size))]);

        output.WriteLine($"seed {seed}: {string.Join(", ", counts.Select(static pair => $"{pair.Value} {pair.Key}"))}");
        Assert.True(counts.Values.Sum() >= 10_000);
        Assert.All(Enum.GetValues<Verdict>(), verdict => Assert.True(counts[verdict] >= 100, verdict.ToString()));
    }
}
