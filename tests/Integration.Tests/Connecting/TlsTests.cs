using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TypedCache.Integration.Tests.External;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Connecting;

public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    private readonly TlsServers _servers = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls12 | SslProtocols.Tls13)]
    public async Task A_server_with_a_certificate_of_the_own_authority_is_used_like_any_other(SslProtocols protocols)
    {
        using var server = Start("127.0.0.1");
        await using var pool = Connect(server, tls => tls.Protocols = protocols);
        var large = new byte[900_000];
        new Random(1).NextBytes(large);

        await pool.SetAsync("large", large, CacheCodecs.Bytes, cancellationToken: Token);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => pool.SetAsync($"k{i}", i, CacheCodecs.Int32, cancellationToken: Token).AsTask()));
        var values = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => pool.GetAsync($"k{i}", CacheCodecs.Int32, Token).AsTask()));

        Assert.Equal(Enumerable.Range(0, 2000), values);
        Assert.Equal(large, await pool.GetAsync("large", CacheCodecs.Bytes, Token));
        Assert.Equal("yes", (await pool.GetStatsAsync("settings", Token))[0].Value!["ssl_enabled"]);
    }

    // TLS records of a burst end anywhere, and memcached leaves unread what follows a value's end in the last one it got.
    [Fact]
    public async Task Bursts_of_any_length_are_answered()
    {
        using var server = Start("127.0.0.1");
        await using var pool = Connect(server);
        for (var count = 150; count < 250; count++)
        {
            var values = Enumerable.Range(0, count).ToDictionary(i => $"k{i}", i => new string('x', 200 + i));
            await pool.SetManyAsync(values, 0, static (ref key, _, item) => key.Append(item), KeyPolicy.Reject, CacheCodecs.String, cancellationToken: Token);

            Assert.Equal(values, await pool.GetManyAsync(values.Keys, CacheCodecs.String, Token));
        }
    }

    [Fact]
    public async Task A_restarted_server_is_found_again()
    {
        using var server = Start("127.0.0.1");
        await using var pool = Connect(server);
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);

        server.Restart();

        await Patiently.UntilAsync(async () => await pool.GetAsync("k", CacheCodecs.String, Token) is null);
    }

    [Fact]
    public async Task A_disposed_pool_ends_what_waits_for_a_silent_server()
    {
        using var server = Start("127.0.0.1");
        var pool = Connect(server);
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        server.Suspend();
        var pending = pool.GetAsync("k", CacheCodecs.String, Token).AsTask();

        await pool.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => pending.WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused()
    {
        using var stranger = new TestAuthority();
        using var server = Start("127.0.0.1");
        await using var pool = Connect(server, authority: stranger.Certificate);

        await AssertUnreachableAsync(pool, server.Address, "not trusted", "TrustedAuthorities");
    }

    [Theory]
    [InlineData(-2, -1, "expired at", "refresh_certs")]
    [InlineData(1, 2, "valid only from", "clocks")]
    public async Task A_certificate_out_of_its_time_is_refused_for_that(int start, int end, params string[] expected)
    {
        var now = DateTimeOffset.UtcNow;
        using var certificate = _servers.Authority.Issue("127.0.0.1", now.AddHours(start), now.AddHours(end));
        using var server = _servers.Start(certificate);
        await using var pool = Connect(server);

        await AssertUnreachableAsync(pool, [server.Address, "'CN=127.0.0.1'", .. expected]);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_unless_it_is_expected()
    {
        using var server = Start("cache.example");
        await using (var pool = Connect(server))
        {
            await AssertUnreachableAsync(pool, server.Address, "not for '127.0.0.1'", "TargetHost");
        }

        await using (var pool = Connect(server, tls => tls.TargetHost = "cache.example"))
        {
            await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        }

        await using (var pool = Connect(server, tls => tls.CheckHostName = false))
        {
            Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token));
        }
    }

    [Fact]
    public async Task The_host_name_may_go_unchecked_but_not_the_authority()
    {
        using var stranger = new TestAuthority();
        using var server = Start("cache.example");
        await using var pool = Connect(server, tls => tls.CheckHostName = false, stranger.Certificate);

        await AssertUnreachableAsync(pool, server.Address, "not trusted", "TrustedAuthorities");
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_server_which_asks_for_a_certificate_lets_in_who_has_one(SslProtocols protocols)
    {
        using var server = Start("127.0.0.1", "ssl_verify_mode=2", $"ssl_ca_cert={_servers.WriteAuthority()}");
        using var certificate = _servers.Authority.Issue("client");
        await using (var pool = Connect(server, tls => (tls.Protocols, tls.ClientCertificate) = (protocols, certificate)))
        {
            await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        }

        await using (var pool = Connect(server, tls => tls.Protocols = protocols))
        {
            await AssertUnreachableAsync(pool, server.Address, "ClientCertificate");
        }
    }

    [Fact]
    public async Task A_plain_pool_on_a_TLS_port_is_told_so_within_the_connect_timeout()
    {
        using var server = Start("127.0.0.1");
        await using var pool = Connect(server.Port, tls: null);

        await AssertUnreachableAsync(pool, server.Address, "If it speaks TLS", "MemcachedPoolOptions.Tls");
    }

    [Fact]
    public async Task A_TLS_pool_on_a_plain_port_is_told_so_within_the_connect_timeout()
    {
        using var server = MemcachedProcess.Start();
        await using var pool = Connect(server);

        await AssertUnreachableAsync(pool, server.Address, "does not speak TLS", "MemcachedPoolOptions.Tls");
    }

    [Theory]
    [InlineData(false, "If it speaks TLS")]
    [InlineData(true, "does not speak TLS")]
    public async Task A_server_which_says_nothing_at_all_is_an_error_within_the_connect_timeout(bool encrypted, string fix)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var pool = Connect(((IPEndPoint)silent.LocalEndpoint).Port, encrypted ? new MemcachedTlsOptions() : null);

        await AssertUnreachableAsync(pool, $"{silent.LocalEndpoint}", fix, "MemcachedPoolOptions.Tls");
    }

    [Fact]
    public void Settings_which_are_not_safe_or_cannot_work_are_refused()
    {
        using var issued = _servers.Authority.Issue("client");
        using var withoutKey = X509CertificateLoader.LoadCertificate(issued.RawData);
        Assert.Throws<ArgumentException>(() => Connect(port: 11211, new MemcachedTlsOptions { Protocols = SslProtocols.None }));
        Assert.Throws<ArgumentException>(() => Connect(port: 11211, new MemcachedTlsOptions { ClientCertificate = withoutKey }));
    }

    private static MemcachedPool Connect(int port, MemcachedTlsOptions? tls) =>
        MemcachedPool.Connect(new MemcachedPoolOptions
        {
            Servers = [new MemcachedServerOptions("127.0.0.1", port)],
            Tls = tls,
            ConnectTimeout = ConnectTimeout,
            OperationTimeout = TimeSpan.FromSeconds(30),
        });

    private MemcachedPool Connect(MemcachedProcess server, Action<MemcachedTlsOptions>? configure = null, X509Certificate2? authority = null)
    {
        var tls = new MemcachedTlsOptions { TrustedAuthorities = [authority ?? _servers.Authority.Certificate] };
        configure?.Invoke(tls);
        return Connect(server.Port, tls);
    }

    private MemcachedProcess Start(string host, params string[] options) => _servers.Start(host, options);

    private static async Task AssertUnreachableAsync(MemcachedPool pool, params string[] parts)
    {
        var read = pool.GetAsync("k", CacheCodecs.String, Token).AsTask();
        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(() => read.WaitAsync(10 * ConnectTimeout, Token));
        Assert.IsNotType<MemcachedTimeoutException>(failure);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
