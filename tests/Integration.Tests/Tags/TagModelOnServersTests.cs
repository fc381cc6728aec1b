using TypedCache.Tests.Creation;
using TypedCache.Tests.Tags;

namespace TypedCache.Integration.Tests.Tags;

/// <summary>Random schedules of several processes on real servers against what reads may see.</summary>
public sealed class TagModelOnServersTests
{
    [Theory]
    [InlineData(false, MemcachedProtocol.Auto)]
    [InlineData(true, MemcachedProtocol.Auto)]
    [InlineData(false, MemcachedProtocol.Classic)]
    public async Task No_read_gives_what_was_made_before_an_invalidation_that_was_complete(bool mayBeStale, MemcachedProtocol protocol)
    {
        await using var fleet = new Fleet(servers: 2, protocol);
        for (var seed = 1; seed <= 5; seed++)
        {
            var model = new TagModel(fleet.Time, TimeSpan.Zero);
            TagClient[] clients = [.. Enumerable.Range(0, 3).Select(_ => new TagClient(fleet.Join(), mayBeStale ? TagClient.Stale : TagClient.NoStale))];
            await clients[0].Pool.FlushAsync(cancellationToken: TestContext.Current.CancellationToken);
            await new TagSchedule(static _ => { }, model, clients, mayBeStale, seed).RunAsync(callers: 8, calls: 400);
            Assert.InRange(model.Reads, 8 * 400 / 5, int.MaxValue);
        }
    }
}
