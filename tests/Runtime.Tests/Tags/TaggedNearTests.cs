using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Tags;

/// <summary>Values with tags, and the versions of tags, that are kept in the process.</summary>
public sealed class TaggedNearTests
{
    private static readonly NearOptions Near = new() { Duration = TimeSpan.FromSeconds(30), SharesValues = true };
    private static readonly TagOptions NearTags = new() { Near = new NearOptions { Duration = TimeSpan.FromSeconds(1), SharesValues = true } };
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(10), Near = Near };
    private static readonly TaggedCodec<string> Text = new(CacheCodecs.String);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_near_value_goes_with_a_tag_of_this_process_at_once_and_with_one_of_another_within_the_bound()
    {
        await using var fleet = new Fleet();
        var (one, two) = (new TagClient(fleet.Join(), Options, NearTags), new TagClient(fleet.Join(), Options, NearTags));
        Assert.Equal("1", await one.GetOrCreateAsync("k", "1", "~t:a"));
        Assert.Equal("1", await one.GetOrCreateAsync("k", "never", "~t:a"));
        await one.InvalidateAsync("~t:a");
        Assert.Equal("2", await one.GetOrCreateAsync("k", "2", "~t:a"));

        Assert.Equal("2", await one.GetOrCreateAsync("k", "never", "~t:a"));
        await two.RemoveAsync("~t:a");
        fleet.Advance(1.1);
        Assert.Null(await one.GetAsync("k", "~t:a"));
        Assert.Equal("3", await one.GetOrCreateAsync("k", "3", "~t:a"));
        Assert.Equal("3", await two.GetOrCreateAsync("k", "never", "~t:a"));
    }

    [Fact]
    public async Task A_value_that_is_newer_than_the_version_that_is_kept_is_no_miss()
    {
        await using var fleet = new Fleet();
        var (one, two) = (new TagClient(fleet.Join(), tagOptions: NearTags), new TagClient(fleet.Join()));
        await two.SetAsync("k", "1", "~t:a");
        Assert.Equal("1", await one.GetAsync("k", "~t:a"));
        await two.InvalidateAsync("~t:a");
        await two.SetAsync("k", "2", "~t:a");
        Assert.Equal("2", await one.GetAsync("k", "~t:a"));
        Assert.Equal("2", await one.GetOrCreateAsync("k", "never", "~t:a"));
        Assert.Equal(["k"], (await NewBatchAsync(one, two)).Keys);
    }

    [Fact]
    public async Task Where_all_is_near_calls_end_at_once_and_allocate_nothing()
    {
        await using var fleet = new Fleet();
        var pool = fleet.Join();
        await pool.GetOrCreateTaggedAsync("k"u8, Tag(new byte[TagKeys.SizePerTag], pool), static _ => ValueTask.FromResult("v"), Text, Options, NearTags, cancellationToken: Token);
        for (var i = 0; i < 3; i++)
        {
            await pool.GetTaggedAsync("k"u8, Tag(new byte[TagKeys.SizePerTag], pool), Text, NearTags, Near, Token);
        }

        Func<CancellationToken, ValueTask<string>> never = static _ => throw new InvalidOperationException("nothing was to be created");
        var isComplete = true;
        long allocated = 0;
        for (var i = 0; i < 20; i++)
        {
            // The first ones warm up.
            allocated = GC.GetAllocatedBytesForCurrentThread();
            isComplete = Call(pool, never);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        Assert.Equal((true, 0L), (isComplete, allocated));
    }

    private static bool Call(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> never)
    {
        Span<byte> buffer = stackalloc byte[TagKeys.SizePerTag];
        var read = pool.GetTaggedAsync("k"u8, Tag(buffer, pool), Text, NearTags, Near);
        var created = pool.GetOrCreateTaggedAsync("k"u8, Tag(buffer, pool), never, Text, Options, NearTags);
        return read.IsCompletedSuccessfully && created.IsCompletedSuccessfully;
    }

    private static TagKeys Tag(Span<byte> buffer, MemcachedPool pool)
    {
        var tags = new TagKeys(buffer, pool.MaxKeyLength);
        tags.Add("~t:a"u8);
        return tags;
    }

    private static async Task<CacheValues<string, string>> NewBatchAsync(TagClient one, TagClient two)
    {
        await two.SetManyAsync(new Dictionary<string, string> { ["k"] = "1" });
        Assert.Single(await one.GetManyAsync(["k"]));
        await two.InvalidateAsync("~t:k");
        await two.SetManyAsync(new Dictionary<string, string> { ["k"] = "2" });
        return await one.GetManyAsync(["k"]);
    }
}
