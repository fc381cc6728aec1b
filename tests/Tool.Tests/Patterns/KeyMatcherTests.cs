using System.Text;
using TypedCache.Generator.Contracts;
using TypedCache.Keys;
using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Tests.Patterns;

/// <summary>Which pattern of a contract a key has.</summary>
public sealed class KeyMatcherTests
{
    private static readonly KeyMatcher Matcher = new(new ContractFile(
        "Shop",
        new([
            Key("shop:product:{id}", ("int", null)),
            Key("shop:product:{slug}", ("string", null)),
            Key("shop:product:best", []),
            Key("shop:order:{id}", ("Guid", null)),
            Key("shop:order:{id:N}", ("Guid", "N")),
            Key("shop:day:{day:yyyyMMdd}", ("DateOnly", "yyyyMMdd")),
            Key("shop:at:{at}", ("DateTime", null)),
            Key("shop:on:{flag}", ("bool", null)),
            Key("shop:rate:{rate}", ("double", null)),
            Key("shop:count:{count}", ("uint", null)),
            Key("shop:{user}:cart:{id}", ("string", null), ("int", null)),
            Key("shop:{user}:cart:{id}:{name}", ("string", null), ("int", null), ("string", null)),
            Key("{{x}}:{id}", ("int", null)),
            new ContractKey("shop:color:{color}", "C") { Arguments = new([new ContractArgument("color", "enum") { Names = new(["Red", "Blue"]) }]) },
            Key("shop:long:{text}", ("string", null)) with { Prefix = "shop", Version = 3, Tags = new(["brand:{value.Brand}", "all"]) },
            Key("shop:long:{text}:{id}", ("string", null), ("int", null)),
        ]),
        default));

    [Theory]
    [InlineData("shop:product:42", "shop:product:{id}")]
    [InlineData("shop:product:-42", "shop:product:{id}")]
    [InlineData("shop:product:042", "shop:product:{slug}")]
    [InlineData("shop:product:best", "shop:product:best")]
    [InlineData("shop:product:a:b", "shop:product:{slug}")]
    [InlineData("shop:product:", "shop:product:{slug}")]
    [InlineData("shop:product", null)]
    [InlineData("shop:order:7cb3e7a0-5b61-4b4b-8a4b-3a7d37d9a0de", "shop:order:{id}")]
    [InlineData("shop:order:7cb3e7a05b614b4b8a4b3a7d37d9a0de", "shop:order:{id:N}")]
    [InlineData("shop:order:7cb3", null)]
    [InlineData("shop:day:20260131", "shop:day:{day:yyyyMMdd}")]
    [InlineData("shop:day:20260132", null)]
    [InlineData("shop:at:2026-01-31T10:00:00.0000000Z", "shop:at:{at}")]
    [InlineData("shop:at:noon", null)]
    [InlineData("shop:on:true", "shop:on:{flag}")]
    [InlineData("shop:on:yes", null)]
    [InlineData("shop:rate:-1.5E+20", "shop:rate:{rate}")]
    [InlineData("shop:rate:x", null)]
    [InlineData("shop:count:7", "shop:count:{count}")]
    [InlineData("shop:count:-7", null)]
    [InlineData("shop:ann:cart:7", "shop:{user}:cart:{id}")]
    [InlineData("shop:ann:cart:7:x:y", "shop:{user}:cart:{id}:{name}")]
    [InlineData("shop:ann:cart:x", null)]
    [InlineData("{x}:1", "{{x}}:{id}")]
    [InlineData("shop:color:Red", "shop:color:{color}")]
    [InlineData("shop:color:Red,%20Blue", "shop:color:{color}")]
    [InlineData("shop:color:4", "shop:color:{color}")]
    [InlineData("shop:color:Green", null)]
    [InlineData("shop:~t:brand:Acme", "shop:~t:brand:{value.Brand}")]
    [InlineData("shop:v3:~t:brand:*", "shop:v3:~t:brand:{value.Brand}")]
    [InlineData("shop:~t:all", "shop:~t:all")]
    [InlineData("", null)]
    public void The_most_specific_pattern_wins(string key, string? pattern) => Assert.Equal(pattern, Matcher.Find(Encoding.UTF8.GetBytes(key))?.Text);

    [Theory]
    [InlineData(300, "shop:long:{text}:{id}")]
    [InlineData(100, "shop:long:{text}:{id}")]
    public void A_key_whose_tail_is_a_hash_is_recognized(int length, string pattern)
    {
        var key = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        key.AppendLiteral("shop:long:"u8);
        key.Append(new string('x', length), (byte)':');
        key.AppendLiteral(":"u8);
        key.Append(7);

        Assert.Equal(pattern, Matcher.Find(key.Finish())?.Text);
    }

    [Fact]
    public void Each_argument_that_a_writer_escapes_is_recognized()
    {
        var key = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        key.AppendLiteral("shop:"u8);
        key.Append("ann:cart:5 100%", (byte)':');
        key.AppendLiteral(":cart:"u8);
        key.Append(7);

        Assert.Equal("shop:{user}:cart:{id}", Matcher.Find(key.Finish())?.Text);
    }

    private static ContractKey Key(string pattern, params (string Type, string? Format)[] arguments) =>
        new(pattern, "C") { Arguments = new(arguments.Select(argument => new ContractArgument("a", argument.Type) { Format = argument.Format })) };
}
