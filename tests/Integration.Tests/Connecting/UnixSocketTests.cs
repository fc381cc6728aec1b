using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Connecting;

public class UnixSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unix:")]
    [InlineData("unix://")]
    public async Task A_server_on_a_unix_socket_is_used_like_any_other(string scheme)
    {
        using var folder = new PublicFolder();
        var path = folder.PathOf("memcached.sock");
        using var server = MemcachedProcess.StartOnUnixSocket(path);
        await using var pool = MemcachedPool.Connect(scheme + path);

        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);

        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token));
        Assert.Equal($"unix://{path}:0", pool.Servers[0].Name);
        Assert.Equal(path, (await pool.GetStatsAsync("settings", Token))[0].Value!["domain_socket"]);
    }

    [Fact]
    public async Task A_socket_which_is_not_there_is_an_error_which_names_it()
    {
        await using var pool = MemcachedPool.Connect("unix:/nowhere/memcached.sock");

        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.GetAsync("k", CacheCodecs.String, Token));

        Assert.Contains("/nowhere/memcached.sock", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_socket_of_a_restarted_server_is_found_again()
    {
        using var folder = new PublicFolder();
        using var server = MemcachedProcess.StartOnUnixSocket(folder.PathOf("memcached.sock"));
        await using var pool = MemcachedPool.Connect(server.Address);
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);

        server.Restart();

        await Patiently.UntilAsync(async () => await pool.GetAsync("k", CacheCodecs.String, Token) is null);
        Assert.Equal(ServerState.Connected, pool.Servers[0].State);
    }
}
