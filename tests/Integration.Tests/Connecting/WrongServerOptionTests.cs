using System.Net.Sockets;
using System.Text;
using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Connecting;

/// <summary>Servers that were started in a way that keeps this client out: the message names the option and the way out, once.</summary>
public class WrongServerOptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_has_all_the_connections_it_allows_says_so()
    {
        using var server = MemcachedProcess.Start("-t", "1", "-c", "40");
        var others = Fill(server);
        try
        {
            var failure = await FailureAsync(server);

            Assert.Contains("option -c", failure.Message, StringComparison.Ordinal);
            Assert.Contains("ConnectionsPerServer", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }

    [Fact]
    public async Task A_server_that_speaks_the_binary_protocol_only_may_be_what_is_silent()
    {
        using var server = MemcachedProcess.Start("-B", "binary");

        var failure = await FailureAsync(server);

        Assert.Contains("-B binary", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MemcachedPoolOptions.Tls", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_CAS_numbers_is_named_where_one_is_needed()
    {
        using var server = MemcachedProcess.Start("-C");
        await using var pool = MemcachedPool.Connect(server.Address);
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        var found = await pool.GetValueAsync("k", CacheCodecs.String, Token);

        var failure = await Assert.ThrowsAsync<ArgumentException>(async () => await pool.CompareAndSetAsync("k", "w", found.Cas, CacheCodecs.String, cancellationToken: Token));

        Assert.Contains("runs with -C", failure.Message, StringComparison.Ordinal);
    }

    // Whoever comes last is answered before it asks, and the connection is closed.
    private static List<Socket> Fill(MemcachedProcess server)
    {
        var others = new List<Socket>();
        var answer = new byte[100];
        while (true)
        {
            var other = server.Connect();
            others.Add(other);
            if (other.Poll(TimeSpan.FromMilliseconds(others.Count < 20 ? 0 : 300), SelectMode.SelectRead))
            {
                Assert.Contains("Too many open connections", Encoding.ASCII.GetString(answer, 0, other.Receive(answer)), StringComparison.Ordinal);
                return others;
            }

            Assert.True(others.Count < 100, "the server takes any number of connections");
        }
    }

    private static async Task<MemcachedConnectionException> FailureAsync(MemcachedProcess server)
    {
        var options = new MemcachedPoolOptions { RetryInterval = TimeSpan.FromMilliseconds(50), OperationTimeout = TimeSpan.FromSeconds(30) }.AddServers(server.Address);
        await using var pool = MemcachedPool.Connect(options);
        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.GetAsync("k", CacheCodecs.String, Token));
        for (var inner = failure.InnerException; inner is not null; inner = inner.InnerException)
        {
            Assert.DoesNotContain(inner.Message, failure.Message, StringComparison.Ordinal);
        }

        return failure;
    }
}
