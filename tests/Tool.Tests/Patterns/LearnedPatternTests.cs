using System.Text;
using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Tests.Patterns;

/// <summary>Patterns that are learned from keys.</summary>
public sealed class LearnedPatternTests
{
    [Theory]
    [InlineData("shop:product:42", "shop:product:*")]
    [InlineData("shop:v2:product:42", "shop:v2:product:*")]
    [InlineData("shop:product:42:de", "shop:product:*:de")]
    [InlineData("session_8f2a9c", "session_*")]
    [InlineData("user17", "user*")]
    [InlineData("8f2a9c", "*")]
    [InlineData("a/b|c", "a/b|c")]
    [InlineData("a:7cb3e7a0-5b61-4b4b-8a4b-3a7d37d9a0de:b", "a:*:b")]
    [InlineData("a:", "a:")]
    [InlineData("1:2:3:4:5:6:7:8:9:10", "*:*:*:*:*:*:*:*")]
    [InlineData("x\x1b[J", "x\\x1b[J")]
    public void Parts_with_digits_are_variable(string key, string pattern) => Assert.Equal([pattern], Learn([key]).Keys);

    [Fact]
    public void A_place_with_many_texts_becomes_variable_and_what_is_behind_it_is_put_together()
    {
        var names = Enumerable.Range('a', 26).Select(letter => $"{(char)letter}{(char)letter}").ToList();
        var counts = Learn([.. names.SelectMany(name => (string[])[$"user:{name}:cart", $"user:{name}:mail", $"user:{name}"])]);

        Assert.Equal(["user:*", "user:*:cart", "user:*:mail"], counts.Keys.Order(StringComparer.Ordinal));
        Assert.All(counts.Values, count => Assert.Equal(26, count));
    }

    [Fact]
    public void Few_texts_in_a_place_stay_apart() =>
        Assert.Equal(["user:a", "user:b", "user:c"], Learn(["user:a", "user:b", "user:c", "user:a"]).Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Whatever_the_keys_are_the_patterns_are_few()
    {
        var random = new Random(1);
        var counts = Learn(Enumerable.Range(0, 100_000).Select(_ => string.Concat(Enumerable.Range(0, 12).Select(_ => "abcdefghijklmnopqrstuvwxyz:/|"[random.Next(29)]))));

        Assert.InRange(counts.Count, 1, 30_000);
        Assert.Equal(100_000, counts.Values.Sum());
    }

    [Fact]
    public void A_key_without_the_pools_prefix_has_no_pattern()
    {
        var patterns = new LearnedPatterns<Count>("app/");

        Assert.Null(patterns.Find("shop:1"u8));
        Assert.NotNull(patterns.Find("app/shop:1"u8));
        Assert.Equal(["shop:*"], patterns.Counts.Select(pattern => pattern.Key));
    }

    private static Dictionary<string, int> Learn(IEnumerable<string> keys)
    {
        var patterns = new LearnedPatterns<Count>("");
        foreach (var key in keys)
        {
            patterns.Find(Encoding.UTF8.GetBytes(key))!.Number++;
        }

        return patterns.Counts.ToDictionary(pattern => pattern.Key, pattern => pattern.Value.Number);
    }

    private sealed class Count : IPatternCount<Count>
    {
        public int Number { get; set; }

        public void Add(Count other) => Number += other.Number;
    }
}
