using TypedCache.Values;

namespace TypedCache.Tests.Transport;

/// <summary>Requests that an embedded server has no room for go on when its replies have been read.</summary>
public class EmbeddedRoomTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_large_replies_do_not_stop_the_requests_behind_them()
    {
        await using var pool = MemcachedPool.InMemory(configure: options =>
        {
            options.Compression.Threshold = 0;
            options.ConnectionsPerServer = 1;
        });
        await pool.SetAsync("k", new byte[300_000], CacheCodecs.Bytes, cancellationToken: Token);

        for (var round = 0; round < 20; round++)
        {
            var reads = Enumerable.Range(0, 40).Select(_ => Task.Run(async () => (await pool.GetAsync("k", CacheCodecs.Bytes, Token))!.Length, Token));
            var lengths = await Task.WhenAll(reads).WaitAsync(TimeSpan.FromSeconds(60), Token);
            Assert.All(lengths, length => Assert.Equal(300_000, length));
        }
    }
}
