using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Connecting;

public class CredentialsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_of_the_password_file_is_let_in_also_after_a_restart()
    {
        using var folder = new PublicFolder();
        using var server = Start(folder);
        await using var pool = Connect(server, new MemcachedCredentials("other", "pässword:2"));

        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token));

        server.Restart();
        await Patiently.UntilAsync(async () => await pool.GetAsync("k", CacheCodecs.String, Token) is null);
    }

    // The servers take both passwords for a while, or the new one from their restart on.
    [Fact]
    public async Task A_password_can_be_changed_while_the_pool_runs()
    {
        using var folder = new PublicFolder();
        using var server = Start(folder);
        await using var pool = Connect(server, new MemcachedCredentials("user", "secret"));
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);

        pool.UpdateCredentials(new MemcachedCredentials("user", "rotated"));
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token));
        folder.Write("users", "user:rotated\n");
        server.Restart();

        await Patiently.UntilAsync(async () => await pool.GetAsync("k", CacheCodecs.String, Token) is null);
    }

    [Fact]
    public async Task A_server_that_refuses_the_old_password_is_tried_with_the_new_one_at_once()
    {
        using var folder = new PublicFolder();
        using var server = Start(folder);
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions
        {
            Servers = [new MemcachedServerOptions("127.0.0.1", server.Port)],
            Credentials = new MemcachedCredentials("user", "old"),
            RetryInterval = TimeSpan.FromDays(1),
            TimeProvider = new FakeTimeProvider(),
        });
        await FailureAsync(pool);
        Assert.Equal(ServerState.Failed, pool.Servers[0].State);

        pool.UpdateCredentials(new MemcachedCredentials("user", "secret"));

        // The clock stands still: no other probe ever comes.
        await Patiently.UntilAsync(async () => await pool.GetAsync("k", CacheCodecs.String, Token) is null);
    }

    [Theory]
    [InlineData("user", "wrong")]
    [InlineData("nobody", "secret")]
    [InlineData("user", "secretsecret")]
    public async Task A_wrong_user_or_password_is_an_error_that_names_server_and_fix(string user, string password)
    {
        using var folder = new PublicFolder();
        using var server = Start(folder);
        await using var pool = Connect(server, new MemcachedCredentials(user, password));

        var failure = await FailureAsync(pool);

        Assert.Contains(server.Address, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"'{user}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MemcachedPoolOptions.Credentials", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, failure.Message.Replace("the password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_credentials_are_an_error_that_names_server_and_fix()
    {
        using var folder = new PublicFolder();
        using var server = Start(folder);
        await using var pool = Connect(server, credentials: null);

        var failure = await FailureAsync(pool);

        Assert.Contains(server.Address, failure.Message, StringComparison.Ordinal);
        Assert.Contains("asks for a user", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MemcachedPoolOptions.Credentials", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_which_asks_for_none_does_not_keep_the_password_as_a_value()
    {
        using var server = MemcachedProcess.Start();
        await using var pool = Connect(server, new MemcachedCredentials("user", "secret"));

        Assert.Null(await pool.GetAsync("login", CacheCodecs.String, Token));
    }

    [Theory]
    [InlineData("us:er", "secret")]
    [InlineData("us er", "secret")]
    [InlineData("user", "sec ret")]
    [InlineData("user", "secret\r\nflush_all")]
    [InlineData("", "secret")]
    public void Credentials_which_memcached_cannot_take_are_refused(string user, string password) =>
        Assert.ThrowsAny<ArgumentException>(() => MemcachedPool.Connect(new MemcachedPoolOptions
        {
            Servers = [new MemcachedServerOptions("127.0.0.1")],
            Credentials = new MemcachedCredentials(user, password),
        }));

    [Fact]
    public void Credentials_do_not_show_their_password() =>
        Assert.Equal("user", $"{new MemcachedCredentials("user", "secret")}");

    private static MemcachedProcess Start(PublicFolder folder) =>
        MemcachedProcess.Start("-Y", folder.Write("users", "user:secret\nother:pässword:2\n"));

    private static MemcachedPool Connect(MemcachedProcess server, MemcachedCredentials? credentials) =>
        MemcachedPool.Connect(new MemcachedPoolOptions
        {
            Servers = [new MemcachedServerOptions("127.0.0.1", server.Port)],
            Credentials = credentials,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            OperationTimeout = TimeSpan.FromSeconds(30),
        });

    // A refusal is known at once: nobody has to wait until the connect timeout is over.
    private static async Task<MemcachedConnectionException> FailureAsync(MemcachedPool pool)
    {
        var waited = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.GetAsync("k", CacheCodecs.String, Token));
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(15), $"it took {waited.Elapsed}");
        return failure;
    }
}
