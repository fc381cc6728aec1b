using TypedCache.Tests.Telemetry;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>What audits may cost, and what becomes of them when something fails.</summary>
[Collection(nameof(ListensToTheMeter))]
public sealed class AuditLimitTests : IDisposable
{
    private static readonly AsyncLocal<string?> Tenant = new();

    private AuditScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task One_runs_at_a_time_for_each_template()
    {
        await _scene.GetAsync("v");
        var create = new GatedCreate();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("v", await _scene.GetAsync(create.CreateAsync));
        }

        await create.Started;
        Assert.Equal("skipped 2", _scene.Outcomes);
        await _scene.GetAsync(static _ => ValueTask.FromResult("v"), template: new KeyTemplate("shop", "other:{id}"));
        await _scene.UntilAsync("match 1, skipped 2");
        create.Return("v");
        await _scene.UntilAsync("match 2, skipped 2");
        Assert.Equal(1, create.Runs);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task So_many_begin_in_a_second(int limit)
    {
        Restart(limit);
        await _scene.GetAsync("v");
        for (var round = 1; round <= 2; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(i => _scene.GetAsync(static _ => ValueTask.FromResult("v"), template: new KeyTemplate("shop", $"p{i}:{{id}}")).AsTask()));
            await _scene.UntilAsync(limit == 0 ? $"skipped {5 * round}" : $"match {2 * round}, skipped {3 * round}");
            _scene.Advance(1);
        }
    }

    [Theory]
    [InlineData(0.5, 350, 650)]
    [InlineData(1e-9, 0, 5)]
    public async Task The_share_of_the_hits_is_chosen_at_random(double share, int least, int most)
    {
        Restart(0);
        var options = new GetOrCreateOptions { Audit = share };
        await _scene.GetAsync("v", options);
        for (var i = 0; i < 1000; i++)
        {
            await _scene.GetAsync("v", options);
        }

        Assert.InRange(_scene.Outcomes is "" ? 0 : int.Parse(_scene.Outcomes["skipped ".Length..], null), least, most);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_create_function_throws_reaches_no_caller(bool throwsAtOnce)
    {
        await _scene.GetAsync("v");
        for (var i = 1; i <= 2; i++)
        {
            Assert.Equal("v", await _scene.GetAsync(throwsAtOnce ? static _ => throw new InvalidDataException() : static async _ =>
            {
                await Task.Yield();
                throw new InvalidDataException();
            }));
            await _scene.UntilAsync($"error {i}");
        }

        Assert.All(_scene.Errors, static error => Assert.Equal(typeof(InvalidDataException).FullName, error));
        Assert.Equal("v", await _scene.GetAsync("v"));
        await _scene.UntilAsync("error 2, match 1");
    }

    [Fact]
    public async Task What_the_codec_refuses_to_write_is_an_error()
    {
        await _scene.GetAsync("v");
        await _scene.GetAsync("\ud800");
        await _scene.UntilAsync("error 1");
        Assert.Equal([typeof(ArgumentException).FullName], _scene.Errors);
    }

    [Fact]
    public async Task A_create_function_has_the_time_of_a_lease()
    {
        await _scene.GetAsync("v");
        var create = new GatedCreate();
        await _scene.GetAsync(create.CreateAsync);
        var token = await create.Started;
        _scene.Advance(9);
        Assert.False(token.IsCancellationRequested);
        _scene.Advance(1);
        await _scene.UntilAsync("error 1");
        Assert.Equal([typeof(TaskCanceledException).FullName], _scene.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pool_that_is_disposed_ends_them(bool creates)
    {
        await _scene.GetAsync("old");
        var create = new GatedCreate();
        await _scene.GetAsync(create.CreateAsync);
        var token = await create.Started;
        if (!creates)
        {
            create.Return("new");
        }

        await _scene.Pool.DisposeAsync();
        await Fleet.UntilAsync(() => token.IsCancellationRequested || !creates);
        await _scene.UntilAsync("void 1");
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_makes_it_void()
    {
        await using var fleet = new Fleet();
        var pool = fleet.Join();
        await pool.SetAsync("k", "old", CacheCodecs.String, TimeSpan.FromMinutes(10), Token);
        var create = new GatedCreate();
        await pool.GetOrCreateAsync("k", create.CreateAsync, CacheCodecs.String, AuditScene.Options, cancellationToken: Token, template: AuditScene.Template);
        await create.Started;
        fleet.Stop(0);
        create.Return("new");
        await fleet.PassTimeUntilAsync(() => _scene.Outcomes == "void 1");
    }

    [Fact]
    public async Task A_server_that_was_restarted_has_another_value()
    {
        await using var fleet = new Fleet();
        var pool = fleet.Join();
        await pool.SetAsync("k", "old", CacheCodecs.String, TimeSpan.FromMinutes(10), Token);
        var create = new GatedCreate();
        await pool.GetOrCreateAsync("k", create.CreateAsync, CacheCodecs.String, AuditScene.Options, cancellationToken: Token, template: AuditScene.Template);
        await create.Started;
        fleet.Restart(0);
        await fleet.Join().SetAsync("k", "old", CacheCodecs.String, TimeSpan.FromMinutes(10), Token);
        create.Return("new");
        await fleet.PassTimeUntilAsync(() => _scene.Outcomes == "void 1");
    }

    [Fact]
    public async Task The_create_function_runs_in_the_context_of_the_call_and_may_ask_for_its_own_key()
    {
        await _scene.GetAsync("v");
        Tenant.Value = "one";
        var seen = new TaskCompletionSource<string?>();
        await _scene.GetAsync(async _ =>
        {
            seen.SetResult(Tenant.Value);
            await _scene.Other.DeleteAsync("k", Token);
            return await _scene.GetAsync("own");
        });
        Tenant.Value = null;
        Assert.Equal("one", await seen.Task);
        await _scene.UntilAsync("void 1");
    }

    [Fact]
    public async Task A_clock_that_fails_costs_no_caller_the_value()
    {
        var clock = new FaultyClock();
        await using var fleet = new Fleet();
        var pool = fleet.Join(options => options.TimeProvider = clock);
        await GetAsync();
        clock.Throws = true;
        Assert.Equal("v", await GetAsync());
        Assert.Equal("", _scene.Outcomes);

        ValueTask<string> GetAsync() => pool.GetOrCreateAsync("k", static _ => ValueTask.FromResult("v"), CacheCodecs.String, AuditScene.Options, cancellationToken: Token);
    }

    private void Restart(int limit)
    {
        _scene.Dispose();
        _scene = new AuditScene(options => options.MaxAuditsPerSecond = limit);
    }

    private sealed class FaultyClock : TimeProvider
    {
        public volatile bool Throws;

        public override long GetTimestamp() => Throws ? throw new InvalidOperationException("thrown by the test") : base.GetTimestamp();
    }
}
