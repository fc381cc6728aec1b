using System.Text;
using TypedCache.Tool.Watching;

namespace TypedCache.Tool.Tests.Watching;

/// <summary>Globs over keys.</summary>
public sealed class GlobTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("shop:*", "shop:1", true)]
    [InlineData("shop:*", "shop:", true)]
    [InlineData("shop:*", "shop", false)]
    [InlineData("*:1", "shop:1", true)]
    [InlineData("*:1", "shop:12", false)]
    [InlineData("a*b*c", "axxbyybzzc", true)]
    [InlineData("a*b*c", "axxc", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a**", "a", true)]
    [InlineData("Shop:*", "shop:1", false)]
    public void It_matches_whole_keys(string glob, string key, bool matches) => Assert.Equal(matches, new Glob(glob).Matches(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void Many_stars_do_not_take_for_ever() =>
        Assert.False(new Glob(string.Concat(Enumerable.Repeat("a*", 100)) + "b").Matches(Encoding.UTF8.GetBytes(new string('a', 250))));
}
