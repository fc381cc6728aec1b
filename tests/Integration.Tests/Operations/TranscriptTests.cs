namespace TypedCache.Integration.Tests.Operations;

/// <summary>Long random sequences of operations get the same answers from embedded and from real servers.</summary>
public sealed class TranscriptTests
{
    private const int Operations = 2500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task One_server_of_each_kind_answers_alike(int seed)
    {
        using var embedded = new OneEmbeddedServer();
        using var real = new OneMemcached();
        await CompareAsync(embedded.Pool, real.Pool, seed);
    }

    [Fact]
    public async Task Three_servers_of_each_kind_answer_alike()
    {
        using var embedded = new ThreeEmbeddedServers();
        using var real = new ThreeMemcacheds();
        await CompareAsync(embedded.Pool, real.Pool, seed: 4);
    }

    private static async Task CompareAsync(MemcachedPool embedded, MemcachedPool real, int seed)
    {
        var ours = new TranscriptStep(embedded, seed);
        var theirs = new TranscriptStep(real, seed);
        var hits = 0;
        for (var i = 0; i < Operations; i++)
        {
            var expected = await theirs.RunAsync(TestContext.Current.CancellationToken);
            var actual = await ours.RunAsync(TestContext.Current.CancellationToken);
            Assert.True(expected == actual, $"seed {seed}, operation {i}:\nmemcached: {Shorten(expected)}\nembedded:  {Shorten(actual)}");
            hits += expected.Contains("True", StringComparison.Ordinal) || expected.Contains("Stored", StringComparison.Ordinal) ? 1 : 0;
        }

        // A sequence which only misses would compare nothing.
        Assert.True(hits > Operations / 10, $"only {hits} operations found something");
    }

    private static string Shorten(string text) => text.Length <= 500 ? text : text[..500];
}
