using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Servers whose replies do not end.</summary>
public sealed class EndlessReplyTests
{
    private static readonly string LongLine = $"STAT name {new string('x', 1900)}\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Few lines that are long, and many that are short.
    [Theory]
    [InlineData(1900)]
    [InlineData(1)]
    public async Task Statistics_without_an_end_are_given_up(int length)
    {
        var lines = string.Concat(Enumerable.Repeat($"STAT n {new string('x', length)}\r\n", 100_000 / (length + 9)));
        using var server = new ScriptedServer(async (connection, _) =>
        {
            while (true)
            {
                await connection.SendAsync(lines);
            }
        });
        await using var pool = FaultPool.Connect(server);

        var replies = await pool.GetStatsAsync(cancellationToken: Token).AsTask().WaitAsync(2 * FaultPool.Patience, Token);

        var failure = Assert.IsType<MemcachedProtocolException>(Assert.Single(replies).Error);
        Assert.Contains("the reply has more than", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_given_up_too_when_nobody_waits_for_them_any_more()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new ScriptedServer(async (connection, request) =>
        {
            asked.TrySetResult();
            await begin.Task;
            while (request.Words[0] == "stats")
            {
                await connection.SendAsync(LongLine);
            }

            await connection.SendAsync($"VA 1 f0 {request.Opaque}\r\nv\r\n");
        });
        await using var pool = FaultPool.Connect(server);
        using var leave = new CancellationTokenSource();
        var left = pool.GetStatsAsync(cancellationToken: leave.Token).AsTask();
        await asked.Task.WaitAsync(FaultPool.Patience, Token);
        var behind = pool.GetAsync("k", CacheCodecs.String, Token).AsTask();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        begin.SetResult();

        await Assert.ThrowsAsync<MemcachedProtocolException>(() => behind.WaitAsync(2 * FaultPool.Patience, Token));
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token).AsTask().WaitAsync(FaultPool.Patience, Token));
        Assert.Equal(2, server.Accepted);
    }
}
