using System.Globalization;
using System.Text;
using TypedCache.Integration.Tests.Embedded;
using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Operations;

/// <summary>A real memcached says how long it keeps what was stored under the longest, shortest and strangest times.</summary>
public sealed class ExpiryOracleTests : IDisposable
{
    // The server counts whole seconds of its own, and rounds its start.
    private const long Tolerance = 10;

    private readonly MemcachedProcess _server = MemcachedProcess.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static (CacheExpiry Expiry, long Left)[] Times
    {
        get
        {
            var end = int.MaxValue - Now;
            return
            [
                (CacheExpiry.Never, -1),
                (TimeSpan.FromSeconds(1000), 1000),
                (TimeSpan.FromDays(30), 2_592_000),
                (TimeSpan.FromDays(30) + TimeSpan.FromTicks(1), 2_592_001),
                (TimeSpan.FromDays(31), 2_678_400),
                (TimeSpan.FromDays(4000), Math.Min(345_600_000, end)),
                (TimeSpan.FromDays(2_900_000), end),
                (TimeSpan.FromDays(31) + TimeSpan.FromTicks(1), 2_678_401),
                (CacheExpiry.FromSeconds(1000).Extend(TimeSpan.MaxValue), end),
                (CacheExpiry.At(DateTimeOffset.UtcNow.AddHours(1)), 3600),
                (CacheExpiry.At(DateTimeOffset.MaxValue), end),
                (CacheExpiry.At(DateTimeOffset.MaxValue).Extend(TimeSpan.MaxValue), end),
                (CacheExpiry.At(DateTimeOffset.UnixEpoch).Extend(TimeSpan.FromSeconds(Now + 5000)), 5000),
                (CacheExpiry.FromSeconds(4_000_000).WithJitter(0).Extend(TimeSpan.FromDays(30)), 6_592_000),
            ];
        }
    }

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(MemcachedProtocol.Meta)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task What_is_stored_or_touched_stays_as_long_as_was_asked(MemcachedProtocol protocol)
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { Protocol = protocol, OperationTimeout = TimeSpan.FromSeconds(30) }.AddServers(_server.Address));
        foreach (var (expiry, left) in Times)
        {
            await pool.SetAsync("set", "v", CacheCodecs.String, expiry, Token);
            await AssertLeftAsync("set", left, expiry);

            await pool.DeleteAsync("add", Token);
            await pool.AddAsync("add", "v", CacheCodecs.String, expiry, Token);
            await AssertLeftAsync("add", left, expiry);

            await pool.SetAsync("touch", "v", CacheCodecs.String, TimeSpan.FromSeconds(77), Token);
            Assert.True(await pool.TouchAsync("touch", expiry, Token));
            await AssertLeftAsync("touch", left, expiry);

            await pool.SetAsync("gat", "v", CacheCodecs.String, TimeSpan.FromSeconds(77), Token);
            Assert.Equal("v", await pool.GetAndTouchAsync("gat", CacheCodecs.String, expiry, Token));
            await AssertLeftAsync("gat", left, expiry);

            await pool.DeleteAsync("count", Token);
            await pool.IncrementAsync("count", 1, 1, expiry, Token);
            await AssertLeftAsync("count", left, expiry);
        }
    }

    [Fact]
    public async Task What_is_created_stays_as_long_as_it_is_fresh_and_stale()
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { OperationTimeout = TimeSpan.FromSeconds(30) }.AddServers(_server.Address));
        foreach (var (expiry, left) in Times)
        {
            var options = new GetOrCreateOptions { Expires = expiry, Stale = TimeSpan.FromDays(30), FailSafe = TimeSpan.FromDays(30), LeaseTime = TimeSpan.FromDays(30), LeaseWait = TimeSpan.FromDays(30) };
            await pool.DeleteAsync("created", Token);

            Assert.Equal("v", await pool.GetOrCreateAsync("created", _ => ValueTask.FromResult("v"), CacheCodecs.String, options, cancellationToken: Token));

            await AssertLeftAsync("created", left < 0 ? left : Math.Min(left + 2_592_000, int.MaxValue - Now), expiry);
            Assert.Equal("v", await pool.GetOrCreateAsync("created", _ => ValueTask.FromResult("w"), CacheCodecs.String, options, cancellationToken: Token));
        }
    }

    [Theory]
    [InlineData(0.000_001, 1)]
    [InlineData(2_592_000, 2_592_000)]
    [InlineData(2_592_001, 2_592_001)]
    [InlineData(3_000_000, 3_000_000)]
    public async Task An_invalidated_value_stays_as_long_as_it_may_be_stale(double stale, long left)
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { OperationTimeout = TimeSpan.FromSeconds(30) }.AddServers(_server.Address));
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);

        Assert.True(await pool.InvalidateAsync("k", TimeSpan.FromSeconds(stale), Token));

        await AssertLeftAsync("k", left, stale);
    }

    private async Task AssertLeftAsync(string key, long expected, object asked)
    {
        var reply = Encoding.ASCII.GetString(await Exchange.RunAsync(_server.EndPoint, Encoding.ASCII.GetBytes($"mg {key} t\r\n"), Token));
        if (expected == 1 && reply.StartsWith("EN", StringComparison.Ordinal))
        {
            return;
        }

        Assert.StartsWith("HD t", reply, StringComparison.Ordinal);
        var left = long.Parse(reply.Split(' ', '\r')[1].AsSpan(1), CultureInfo.InvariantCulture);
        Assert.True(expected < 0 ? left == expected : Math.Abs(left - expected) <= Tolerance, $"{asked}: {left} s are left, and not {expected}");
    }
}
