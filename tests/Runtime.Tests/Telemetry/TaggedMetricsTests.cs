using System.Text;
using TypedCache.Values;
using static TypedCache.TypedCacheTelemetry;

namespace TypedCache.Tests.Telemetry;

/// <summary>Calls with tags are counted once, as what they are; the reads of versions are no calls.</summary>
[Collection(nameof(ListensToTheMeter))]
public sealed class TaggedMetricsTests
{
    private static readonly KeyTemplate Product = new("shop", "product:{id}");
    private static readonly TaggedCodec<string> Text = new(CacheCodecs.String);
    private static readonly TagOptions Strict = new() { Near = null };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_value_with_an_invalidated_tag_is_a_miss()
    {
        await using var pool = MemcachedPool.InMemory();
        using var probe = new MeterProbe(Instruments.Requests);
        await pool.SetTaggedAsync("k"u8, Tag(pool), "v", Text, cancellationToken: Token, template: Product);
        await pool.GetTaggedAsync("k"u8, Tag(pool), Text, Strict, cancellationToken: Token, template: Product);
        await GetOrCreateAsync();
        await pool.InvalidateTagAsync("~t:a"u8, cancellationToken: Token, template: Product);
        await pool.GetTaggedAsync("k"u8, Tag(pool), Text, Strict, cancellationToken: Token, template: Product);
        await GetOrCreateAsync();
        await pool.RemoveTagAsync("~t:a"u8, cancellationToken: Token, template: Product);

        Assert.Equal(
            "delete deleted 1, get hit 1, get miss 1, get_or_create hit 1, get_or_create miss 1, invalidate invalidated 1, set stored 1",
            probe.Sums(Instruments.Requests, Attributes.Operation, Attributes.Result));

        ValueTask<string> GetOrCreateAsync() => pool.GetOrCreateTaggedAsync(
            "k"u8, Tag(pool), static _ => ValueTask.FromResult("new"), Text, GetOrCreateOptions.Default, Strict, cancellationToken: Token, template: Product);
    }

    [Fact]
    public async Task A_tag_that_cannot_be_read_is_not_shown_in_messages()
    {
        await using var pool = MemcachedPool.InMemory();
        await pool.SetTaggedAsync("k"u8, Tag(pool), "v", Text, cancellationToken: Token);
        await pool.SetAsync("~t:a", "no number", CacheCodecs.String, cancellationToken: Token);
        var refused = await Assert.ThrowsAsync<CacheValueException>(async () => await pool.GetTaggedAsync("k"u8, Tag(pool), Text, Strict, cancellationToken: Token));
        Assert.DoesNotContain("~t:a", refused.Message, StringComparison.Ordinal);
    }

    private static TagKeys Tag(MemcachedPool pool)
    {
        var tags = new TagKeys(new byte[TagKeys.SizePerTag], pool.MaxKeyLength);
        tags.Add(Encoding.UTF8.GetBytes("~t:a"));
        return tags;
    }
}
