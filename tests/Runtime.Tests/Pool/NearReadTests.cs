using System.Net;
using System.Text;
using TypedCache.Embedded;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Tests.Pool.Zones;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>Reads whose value may be known already, through a pool.</summary>
public sealed class NearReadTests : IDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly ValuePipeline Pipeline = new(ValueDialect.Pecl, new CompressionOptions());
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SharedServers _servers = new(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task A_value_comes_once_and_again_when_it_has_changed()
    {
        var pool = _servers.ConnectTo(0);
        await pool.SetAsync("k", "first", Text, TimeSpan.FromHours(1), Token);
        Assert.True(pool.Servers[0].ComparesCas);

        var first = await Ask(pool, default);
        Assert.Equal((ReplyCode.Ok, "first", LeaseMarks.None), (first.Code, first.Value, first.Marks));
        Assert.InRange(first.TimeLeft!.Value, 3500, 3600);
        Assert.NotEqual(0UL, first.Cas.ToUInt64());

        var second = await Ask(pool, first.Cas);
        Assert.Equal((ReplyCode.Unchanged, null, first.Cas.ToUInt64()), (second.Code, second.Value, second.Cas.ToUInt64()));
        Assert.InRange(second.TimeLeft!.Value, 3500, 3600);
        Assert.Equal(ReplyCode.Unchanged, (await Ask(pool, second.Cas)).Code);

        await pool.SetAsync("k", "second", Text, cancellationToken: Token);
        var changed = await Ask(pool, second.Cas);
        Assert.Equal((ReplyCode.Ok, "second", Reply.Forever), (changed.Code, changed.Value, changed.TimeLeft));

        await pool.DeleteAsync("k", Token);
        Assert.Equal(ReplyCode.Miss, (await Ask(pool, changed.Cas)).Code);
    }

    // The value has no bytes and no flags, as placeholders have, and is being refreshed.
    [Fact]
    public async Task An_unchanged_value_is_no_placeholder()
    {
        var pool = _servers.ConnectTo(0);
        await pool.SetAsync("k", "", Text, TimeSpan.FromSeconds(60), Token);
        var first = await Ask(pool, default);
        Assert.Equal(ReplyCode.Ok, first.Code);
        await BeginRefreshAsync(pool);

        var second = await Ask(pool, first.Cas);

        Assert.Equal((ReplyCode.Unchanged, LeaseMarks.Taken), (second.Code, second.Marks));
    }

    // It has no flags either, and its bytes do not come.
    [Fact]
    public async Task The_number_alone_is_asked_for_of_a_value_that_is_refreshed()
    {
        var pool = _servers.ConnectTo(0);
        await pool.SetAsync("k", "v", Text, TimeSpan.FromSeconds(60), Token);
        var first = await Ask(pool, default);
        await BeginRefreshAsync(pool);

        Assert.Equal((ReplyCode.Unchanged, LeaseMarks.Taken), await InspectAsync(pool, first.Cas));
        await pool.SetAsync("k", "w", Text, cancellationToken: Token);
        Assert.Equal((ReplyCode.Exists, LeaseMarks.None), await InspectAsync(pool, first.Cas));
        await pool.DeleteAsync("k", Token);
        Assert.Equal((ReplyCode.Miss, LeaseMarks.None), await InspectAsync(pool, first.Cas));
    }

    [Fact]
    public async Task A_lease_that_it_cannot_use_is_given_back()
    {
        var pool = _servers.ConnectTo(0);
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        await pool.InvalidateAsync("k", TimeSpan.FromMinutes(1), Token);
        var returned = 0UL;
        var operation = Begin(Verb.GetNear, default);
        operation.Route.LeaseUnused = (read, _) => returned = read.Reply.Cas;

        var read = await Send(pool, operation, operation.AsNearRead());

        Assert.Equal((ReplyCode.Ok, "v", LeaseMarks.Won | LeaseMarks.Invalidated), (read.Code, read.Value, read.Marks));
        Assert.Equal(read.Cas.ToUInt64(), returned);
    }

    [Fact]
    public async Task A_server_that_may_have_been_restarted_is_not_asked_to_compare()
    {
        var pool = _servers.ConnectTo(0);
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        var first = await Ask(pool, default);
        _servers.Restart(0);
        await SetPatientlyAsync(pool, "w");

        Assert.Equal(ReplyCode.Exists, (await Ask(pool, first.Cas)).Code);
        Assert.Equal("w", (await Ask(pool, default)).Value);
    }

    [Fact]
    public async Task Another_server_than_the_one_that_gave_the_number_is_not_asked_to_compare()
    {
        var pool = _servers.Connect();
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        var first = await Ask(pool, default);
        pool.FindServer("k").Disable();

        Assert.Equal(ReplyCode.Exists, (await Ask(pool, first.Cas)).Code);
        Assert.Equal(ReplyCode.Miss, (await Ask(pool, default)).Code);
    }

    [Theory]
    [InlineData("1.6.39", MemcachedProtocol.Auto, true)]
    [InlineData("1.6.12", MemcachedProtocol.Auto, true)]
    [InlineData("1.6.40", MemcachedProtocol.Classic, false)]
    public async Task A_server_that_does_not_compare_is_told_nothing_and_the_number_is_compared_here(string version, MemcachedProtocol protocol, bool saysTimeLeft)
    {
        using var server = new EmbeddedServer(new EmbeddedServerOptions { Version = version });
        var options = new MemcachedPoolOptions { Protocol = protocol, Servers = { new("127.0.0.1", server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port) } };
        await using var pool = MemcachedPool.Connect(options);
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        Assert.False(pool.Servers[0].ComparesCas);

        var first = await Ask(pool, default);
        var second = await Ask(pool, first.Cas);

        Assert.Equal((ReplyCode.Ok, "v", saysTimeLeft), (first.Code, first.Value, first.TimeLeft is not null));
        Assert.NotEqual(0UL, first.Cas.ToUInt64());
        Assert.Equal((ReplyCode.Unchanged, null, first.Cas.ToUInt64(), first.TimeLeft), (second.Code, second.Value, second.Cas.ToUInt64(), second.TimeLeft));
        await pool.SetAsync("k", "w", Text, cancellationToken: Token);
        Assert.Equal("w", (await Ask(pool, first.Cas)).Value);
        Assert.Equal(ReplyCode.Miss, (await Ask(pool, default, "missing")).Code);
    }

    [Fact]
    public async Task Nothing_is_found_without_a_server_where_reads_end_as_misses()
    {
        var pool = _servers.ConnectTo(0);
        pool.Servers[0].Disable();
        var operation = Begin(Verb.GetNear, default);
        operation.Route.MissOnFailure = true;

        Assert.Equal(ReplyCode.None, (await Send(pool, operation, operation.AsNearRead())).Code);
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await Ask(pool, default));
    }

    [Fact]
    public async Task It_stays_in_its_zone_and_looks_in_the_home_zone_for_what_is_not_there()
    {
        await using var servers = new ZoneServers(zones: 2, serversInEach: 1);
        var pool = servers.Connect("b");
        var key = Enumerable.Range(0, 100).Select(static i => $"k{i}").First(key => ZoneServers.HomeOf(pool, key).Zone == "a");
        await pool.SetAsync(key, "v", Text, cancellationToken: Token);
        var before = servers.CommandsIn("a");

        var first = await Ask(pool, default, key);
        Assert.Equal(ReplyCode.Unchanged, (await Ask(pool, first.Cas, key)).Code);
        Assert.Equal(before, servers.CommandsIn("a"));

        await servers.ConnectTo(ZoneServers.ServerOf(pool, key, "b")).DeleteAsync(key, Token);
        var ofHome = await Ask(pool, first.Cas, key);

        Assert.Equal((ReplyCode.Ok, "v"), (ofHome.Code, ofHome.Value));
        Assert.Same(ZoneServers.HomeOf(pool, key), ofHome.Cas.Server);
        Assert.True(servers.CommandsIn("a") > before);
    }

    private static ValueTask<NearRead<string>> Ask(MemcachedPool pool, CasToken cas, string key = "k")
    {
        var operation = Begin(Verb.GetNear, cas, key);
        return Send(pool, operation, operation.AsNearRead());
    }

    private static async Task<(ReplyCode Code, LeaseMarks Marks)> InspectAsync(MemcachedPool pool, CasToken cas)
    {
        var operation = Begin(Verb.InspectItem, cas);
        operation.Request.WantsCas = true;
        var read = await Send(pool, operation, operation.AsNearRead());
        return (read.Code, read.Marks);
    }

    private static async Task BeginRefreshAsync(MemcachedPool pool)
    {
        var refresh = Begin(Verb.GetOrLease, default);
        (refresh.Request.WantsCas, refresh.Request.LeaseSeconds, refresh.Request.RefreshWithin) = (true, 30, 1000);
        Assert.True((await Send(pool, refresh, refresh.AsLeaseRead())).HasWon);
    }

    private static ReadOperation<string> Begin(Verb verb, CasToken cas, string key = "k")
    {
        var operation = OperationPool<ReadOperation<string>>.Rent();
        operation.Begin(verb, Encoding.ASCII.GetBytes(key));
        operation.Decode(Text, Pipeline);
        if (cas.ToUInt64() != 0)
        {
            operation.Compare(cas);
        }

        return operation;
    }

    private static ValueTask<T> Send<T>(MemcachedPool pool, RoutedOperation operation, ValueTask<T> answer)
    {
        operation.Deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        operation.Route.Send(operation, pool.CurrentRouter);
        return answer;
    }

    private static async Task SetPatientlyAsync(MemcachedPool pool, string value)
    {
        for (var began = Environment.TickCount64; ;)
        {
            try
            {
                await pool.SetAsync("k", value, Text, cancellationToken: Token);
                return;
            }
            catch (MemcachedConnectionException) when (Environment.TickCount64 - began < Patience.TotalMilliseconds)
            {
                await Task.Delay(10, Token);
            }
        }
    }
}
