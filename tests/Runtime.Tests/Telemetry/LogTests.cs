using Microsoft.Extensions.Logging;
using TypedCache.Hashing;
using TypedCache.Tests.Creation;
using TypedCache.Tests.Pool;
using TypedCache.Values;

namespace TypedCache.Tests.Telemetry;

public class LogTests
{
    private const string Secret = "the value's text";

    private static readonly KeyTemplate Template = new("shop", "product:{id}");
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(1) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_fails_and_comes_back_is_told_once_each()
    {
        var log = new LogProbe();
        using var servers = new SharedServers(1);
        var pool = servers.Connect(new MemcachedPoolOptions { LoggerFactory = log, RetryInterval = TimeSpan.FromMilliseconds(100) });
        await pool.SetAsync("k", Secret, CacheCodecs.String, cancellationToken: Token);
        servers.Stop(0);
        for (var calls = 0; calls < 20 || pool.Servers[0].State != ServerState.Failed; calls++)
        {
            await Assert.ThrowsAnyAsync<MemcachedException>(() => pool.GetAsync("k", CacheCodecs.String, Token).AsTask());
        }

        servers.Restart(0);
        await Fleet.UntilAsync(() => log.Of(2).Count > 0);
        var failed = Assert.Single(log.Of(1));
        Assert.Equal((LogLevel.Warning, TypedCacheTelemetry.PoolLogCategory, "ServerFailed"), (failed.Level, failed.Category, failed.Id.Name));
        Assert.Matches($@"^server {pool.Servers[0].Name} failed: .+ Next attempt in \d+ ms\.$", failed.Message);
        var back = Assert.Single(log.Of(2));
        Assert.Equal(LogLevel.Information, back.Level);
        Assert.Matches($@"^server {pool.Servers[0].Name} is back after 0?0:.+, version \d+\.\d+", back.Message);
        Assert.InRange(log.Of(3).Count, 2, 3);
        Assert.All(log.Of(3), entry => Assert.Equal((LogLevel.Debug, $"connected {pool.Servers[0].Name} (meta, no TLS)"), (entry.Level, entry.Message)));
        Assert.All(log.Entries, entry => Assert.DoesNotContain(Secret, entry.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_disabled_is_not_tried_again()
    {
        var log = new LogProbe();
        await using var pool = MemcachedPool.InMemory(configure: options => options.LoggerFactory = log);
        pool.Servers[0].Disable();
        pool.Servers[0].Disable();
        await Fleet.UntilAsync(() => log.Of(1).Count > 0);
        Assert.EndsWith("Next attempt in never.", Assert.Single(log.Of(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_servers_are_told_with_the_share_of_the_keys_that_moves()
    {
        var log = new LogProbe();
        await using var pool = MemcachedPool.InMemory(3, options =>
        {
            options.LoggerFactory = log;
            options.HashStrategy = HashStrategies.Rendezvous;
            options.KeyPrefix = "shop:";
            options.HashKeyPrefix = false;
        });
        var told = new TaskCompletionSource<ServersChangedEventArgs>();
        pool.ServersChanged += (_, change) => told.TrySetResult(change);

        await pool.UpdateServersAsync("embedded-1, embedded-2, embedded-4", Token);
        await pool.UpdateServersAsync($"embedded-1, {string.Join(',', Enumerable.Range(100, 12).Select(static i => $"embedded-{i}"))}", Token);

        await Fleet.UntilAsync(() => log.Of(8).Count == 2);
        var share = 100 * (await told.Task).MovedShare;
        Assert.InRange(share, 33, 50);
        Assert.All(log.Of(8), entry => Assert.Equal((LogLevel.Information, TypedCacheTelemetry.PoolLogCategory, "ServersChanged"), (entry.Level, entry.Category, entry.Id.Name)));
        Assert.Equal(
            FormattableString.Invariant($"topology 2: added embedded-4:11211, removed embedded-3:11211; {share:0.0} % of the keys have another server now"),
            log.Of(8)[0].Message);
        Assert.Contains("embedded-109:11211 and 2 more, removed embedded-2:11211, embedded-4:11211; ", log.Of(8)[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_cannot_be_read_are_told_once_a_minute_for_each_template()
    {
        var log = new LogProbe();
        await using var fleet = new Fleet();
        var pool = fleet.Join(options => options.LoggerFactory = log);
        await pool.SetAsync("k", Secret, CacheCodecs.String, cancellationToken: Token);
        await ReadAsync(Template);
        await ReadAsync(Template);
        await ReadAsync(null);
        fleet.Advance(61);
        await ReadAsync(Template);
        await Fleet.UntilAsync(() => log.Of(5).Count == 3);

        Assert.Equal(
            [
                "a value of shop:product:{id} cannot be read as Int32: its flags are 0x0",
                "a value of a key without template cannot be read as Int32: its flags are 0x0",
                "a value of shop:product:{id} cannot be read as Int32: its flags are 0x0",
            ],
            log.Of(5).Select(entry => entry.Message));
        Assert.All(log.Of(5), entry => Assert.Equal((LogLevel.Warning, TypedCacheTelemetry.PoolLogCategory), (entry.Level, entry.Category)));

        async Task ReadAsync(KeyTemplate? template) =>
            await Assert.ThrowsAsync<CacheValueException>(() => pool.GetAsync("k", CacheCodecs.Int32, Token, template).AsTask());
    }

    [Fact]
    public async Task A_created_value_that_is_not_stored_and_one_that_comes_late_are_told()
    {
        var log = new LogProbe();
        await using var fleet = new Fleet();
        var pool = fleet.Join(options => options.LoggerFactory = log);
        var create = new GatedCreate();
        var call = pool.GetOrCreateAsync("k", create.CreateAsync, CacheCodecs.String, Options, cancellationToken: Token, template: Template).AsTask();
        await create.Started;
        await pool.DeleteAsync("k", Token);
        fleet.Advance(11);
        create.Return(Secret);
        await call;
        await Fleet.UntilAsync(() => log.Of(6).Count > 0 && log.Of(7).Count > 0);

        Assert.Equal("a created value of shop:product:{id} was not stored: its key had changed", Assert.Single(log.Of(6)).Message);
        Assert.Equal("the create function of shop:product:{id} took 00:00:11, longer than its LeaseTime of 00:00:10", Assert.Single(log.Of(7)).Message);
        Assert.Equal([LogLevel.Warning, LogLevel.Debug], log.Entries.Where(entry => entry.Category == TypedCacheTelemetry.CreationLogCategory).OrderByDescending(entry => entry.Id.Id).Select(entry => entry.Level));
    }

    [Fact]
    public async Task A_value_that_is_too_large_is_told()
    {
        var log = new LogProbe();
        await using var pool = MemcachedPool.InMemory(configure: options =>
        {
            options.LoggerFactory = log;
            options.MaxValueLength = 100;
        });
        var codec = CacheCodecs.Uncompressed(CacheCodecs.Bytes);
        await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult(new byte[101]), codec, Options, cancellationToken: Token, template: Template);
        await Fleet.UntilAsync(() => log.Of(9).Count > 0);
        Assert.Equal("a value of shop:product:{id} has 101 bytes, more than can be stored", Assert.Single(log.Of(9)).Message);
    }

    [Fact]
    public async Task What_a_server_finds_too_large_is_told()
    {
        var log = new LogProbe();
        await using var pool = MemcachedPool.InMemory(configure: options => options.LoggerFactory = log);
        var codec = CacheCodecs.Uncompressed(CacheCodecs.Bytes);
        await Assert.ThrowsAsync<MemcachedServerException>(() => pool.SetAsync("k", new byte[2_000_000], codec, cancellationToken: Token, template: Template).AsTask());
        await Fleet.UntilAsync(() => log.Of(9).Count > 0);
        Assert.Equal("a value of shop:product:{id} has 2000000 bytes, more than can be stored", Assert.Single(log.Of(9)).Message);
    }

    [Fact]
    public async Task A_logger_that_throws_harms_nobody_and_hears_on()
    {
        using var log = new ThrowingLog();
        await using var pool = MemcachedPool.InMemory(configure: options => options.LoggerFactory = log);
        await pool.SetAsync("k", Secret, CacheCodecs.String, cancellationToken: Token);
        pool.Servers[0].Disable();
        await Fleet.UntilAsync(() => log.Calls >= 2);
    }

    private sealed class ThrowingLog : ILoggerFactory, ILogger
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Interlocked.Increment(ref _calls);
            throw new InvalidOperationException();
        }

        public void Dispose()
        {
        }
    }
}
