using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>What rule TC0220 warns of: text that is appended while a value is being created.</summary>
public class AppendTests
{
    private static readonly GetOrCreateOptions Options = new() { Expires = CacheExpiry.FromSeconds(600) };

    [Fact]
    public async Task Takes_the_place_of_a_value_that_is_being_created()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var pool = MemcachedPool.InMemory(configure: static options => options.OperationTimeout = TimeSpan.FromMinutes(1));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var created = pool.GetOrCreateAsync("k", CreateAsync, CacheCodecs.String, Options, cancellationToken: cancel);
        await begun.Task;

        Assert.True(await pool.AppendAsync("k", "added", CacheCodecs.String, cancel));
        gate.SetResult();

        Assert.Equal("created", await created);
        Assert.Equal("added", await pool.GetAsync("k", CacheCodecs.String, cancel));

        async ValueTask<string> CreateAsync(CancellationToken token)
        {
            begun.SetResult();
            await gate.Task;
            return "created";
        }
    }
}
