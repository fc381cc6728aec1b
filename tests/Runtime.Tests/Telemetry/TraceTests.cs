using System.Diagnostics;
using TypedCache.Tests.Creation;
using TypedCache.Values;
using static TypedCache.TypedCacheTelemetry;

namespace TypedCache.Tests.Telemetry;

[Collection(nameof(ListensToTheMeter))]
public sealed class TraceTests : IDisposable
{
    private const string Application = "TypedCache.Tests.Application";

    private static readonly KeyTemplate Template = new("shop", "product:{id}");
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(1) };

    private readonly ActivitySource _application = new(Application);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_a_span_below_the_callers_own()
    {
        using var probe = new SpanProbe(ActivitySourceName, Application);
        await using var pool = MemcachedPool.InMemory();
        using var request = _application.StartActivity("request");
        var first = pool.GetAsync("k", CacheCodecs.String, Token, Template);
        Assert.Same(request, Activity.Current);
        var second = pool.GetAsync("k", CacheCodecs.String, Token);
        await first;
        await second;
        Assert.Same(request, Activity.Current);

        Assert.Equal(["get", "get shop:product:{id}"], probe.Ended.Select(span => span.DisplayName).Order(StringComparer.Ordinal));
        Assert.All(probe.Ended, span =>
        {
            Assert.Equal(ActivityKind.Client, span.Kind);
            Assert.Equal(request!.SpanId, span.ParentSpanId);
            Assert.Equal("memcached", span.GetTagItem(Attributes.System));
            Assert.Equal("get", span.GetTagItem(Attributes.Operation));
            Assert.Equal("miss", span.GetTagItem(Attributes.Result));
            Assert.Equal("embedded-1", span.GetTagItem(Attributes.ServerAddress));
            Assert.Null(span.GetTagItem(Attributes.QueryText));
            Assert.Equal(ActivityStatusCode.Unset, span.Status);
        });
    }

    [Fact]
    public async Task Samplers_see_what_is_known_before_the_call()
    {
        using var probe = new SpanProbe(ActivitySourceName);
        await using var pool = MemcachedPool.InMemory();
        await pool.GetAsync("k", CacheCodecs.String, Token, Template);
        var (name, tags) = Assert.Single(probe.Offered);
        Assert.Equal("get shop:product:{id}", name);
        Assert.Equal(
            [Attributes.Operation, Attributes.QuerySummary, Attributes.System, Attributes.Client, Attributes.Key],
            tags.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_callers_current_span_is_kept_even_where_it_has_changed()
    {
        using var probe = new SpanProbe(ActivitySourceName, Application);
        await using var pool = MemcachedPool.InMemory();
        var call = pool.GetAsync("k", CacheCodecs.String, Token);
        using var later = _application.StartActivity("later");
        await call;
        Assert.Same(later, Activity.Current);
    }

    [Fact]
    public async Task A_batch_is_one_span_with_its_counts()
    {
        await using var pool = MemcachedPool.InMemory(servers: 3);
        await pool.SetManyAsync([new("a", "1"), new("b", "2")], CacheCodecs.String, cancellationToken: Token);
        using var probe = new SpanProbe(ActivitySourceName);
        await pool.GetManyAsync(["a", "b", "c", "d", "e"], CacheCodecs.String, Token, Template);
        var span = Assert.Single(probe.Ended);
        Assert.Equal("get_many shop:product:{id}", span.DisplayName);
        Assert.Equal((5, 2, 3), (span.GetTagItem(Attributes.KeyCount), span.GetTagItem(Attributes.HitCount), span.GetTagItem(Attributes.MissCount)));
    }

    [Fact]
    public async Task A_failed_call_says_how_and_not_with_which_key()
    {
        using var probe = new SpanProbe(ActivitySourceName);
        await using var pool = MemcachedPool.InMemory();
        await pool.SetAsync("k", "no number", CacheCodecs.String, cancellationToken: Token);
        await Assert.ThrowsAsync<CacheValueException>(() => pool.GetAsync("k", CacheCodecs.Int32, Token, Template).AsTask());
        var span = probe.Ended[^1];
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.Equal(typeof(CacheValueException).FullName, span.GetTagItem(Attributes.ErrorType));
        Assert.Equal("error", span.GetTagItem(Attributes.Result));
    }

    [Fact]
    public async Task Keys_are_shown_where_that_is_asked_for_and_they_are_no_secrets()
    {
        using var probe = new SpanProbe(ActivitySourceName);
        await using var pool = MemcachedPool.InMemory(configure: options => options.Telemetry.KeyText = true);
        await pool.GetAsync("shop:product:42", CacheCodecs.String, Token, Template);
        await pool.GetAsync("shop:session:secret", CacheCodecs.String, Token, new KeyTemplate("shop", "session:{token}") { HidesKeys = true });
        Assert.Equal(["get shop:product:42", "get shop:session:{token}"], probe.Ended.Select(span => span.GetTagItem(Attributes.QueryText)));
    }

    [Fact]
    public async Task The_create_function_runs_below_the_call_that_found_nothing()
    {
        using var probe = new SpanProbe(CreationActivitySourceName, Application);
        await using var pool = MemcachedPool.InMemory();
        using var request = _application.StartActivity("request");
        await pool.GetOrCreateAsync("k", CreateAsync, CacheCodecs.String, Options, cancellationToken: Token, template: Template);
        await pool.GetOrCreateAsync("k", CreateAsync, CacheCodecs.String, Options, cancellationToken: Token, template: Template);
        await Fleet.UntilAsync(() => probe.Ended.Count == 3);

        var (query, create, call) = (probe.Ended[0], probe.Ended[1], probe.Ended[2]);
        Assert.Equal(["query", "create shop:product:{id}", "get_or_create shop:product:{id}"], probe.Ended.Select(span => span.DisplayName));
        Assert.Equal([create.SpanId, call.SpanId, request!.SpanId], new[] { query, create, call }.Select(span => span.ParentSpanId));
        Assert.Equal((ActivityKind.Internal, ActivityKind.Client), (create.Kind, call.Kind));
        Assert.Equal("miss", create.GetTagItem(Attributes.Trigger));
        Assert.Same(request, Activity.Current);

        async ValueTask<string> CreateAsync(CancellationToken cancellationToken)
        {
            using var query = _application.StartActivity("query");
            await Task.Yield();
            return "made";
        }
    }

    [Fact]
    public async Task With_both_sources_the_call_has_one_span()
    {
        using var probe = new SpanProbe(ActivitySourceName, CreationActivitySourceName);
        await using var pool = MemcachedPool.InMemory();
        await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("made"), CacheCodecs.String, Options, cancellationToken: Token, template: Template);
        Assert.Equal(["create shop:product:{id}", "get_or_create shop:product:{id}"], probe.Ended.Select(span => span.DisplayName));
        Assert.Equal(ActivitySourceName, probe.Ended[1].Source.Name);
        Assert.Equal(probe.Ended[1].SpanId, probe.Ended[0].ParentSpanId);
        Assert.Equal("miss", probe.Ended[1].GetTagItem(Attributes.Result));
    }

    [Fact]
    public async Task Those_who_wait_are_linked_to_the_creation()
    {
        using var probe = new SpanProbe(CreationActivitySourceName);
        await using var pool = MemcachedPool.InMemory();
        var create = new GatedCreate();
        var first = GetAsync(pool, create);
        await create.Started;
        var second = GetAsync(pool, create);
        await Fleet.UntilAsync(() => pool.WaitingForCreation == 2);
        create.Return("made");
        await Task.WhenAll(first, second);

        var creation = Assert.Single(probe.Ended, span => span.DisplayName.StartsWith("create ", StringComparison.Ordinal));
        var calls = probe.Ended.Where(span => span != creation).ToList();
        var own = Assert.Single(calls, call => call.SpanId == creation.ParentSpanId);
        var waiting = Assert.Single(calls, call => call != own);
        Assert.Empty(own.Links);
        Assert.Equal(creation.SpanId, Assert.Single(waiting.Links).Context.SpanId);
    }

    [Fact]
    public async Task Waits_for_another_process_and_failures_are_seen()
    {
        using var probe = new SpanProbe(CreationActivitySourceName);
        await using var fleet = new Fleet();
        var (one, two) = (fleet.Join(), fleet.Join());
        var create = new GatedCreate();
        var holder = GetAsync(one, create);
        await create.Started;
        var waiting = GetAsync(two, create);
        await Fleet.UntilAsync(() => two.WaitingForCreation == 1);
        create.Throw(new InvalidDataException());
        await Assert.ThrowsAsync<InvalidDataException>(() => holder);
        await Assert.ThrowsAsync<InvalidDataException>(() => fleet.PassTimeAsync(waiting));

        Assert.Single(probe.Ended, span => span.DisplayName == "wait shop:product:{id}");
        var failed = probe.Ended.Where(span => span.Status == ActivityStatusCode.Error).ToList();
        Assert.Equal(4, failed.Count);
        Assert.All(failed, span => Assert.Equal(typeof(InvalidDataException).FullName, span.GetTagItem(Attributes.ErrorType)));
    }

    [Fact]
    public async Task A_sampler_that_throws_harms_nobody()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("TypedCache", StringComparison.Ordinal),
            Sample = (ref _) => throw new InvalidOperationException(),
        };
        ActivitySource.AddActivityListener(listener);
        await using var pool = MemcachedPool.InMemory();
        Assert.Equal("made", await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("made"), CacheCodecs.String, Options, cancellationToken: Token));
        Assert.Equal("made", await pool.GetAsync("k", CacheCodecs.String, Token));
    }

    public void Dispose() => _application.Dispose();

    private static Task<string> GetAsync(MemcachedPool pool, GatedCreate create) =>
        pool.GetOrCreateAsync("k", create.CreateAsync, CacheCodecs.String, Options, cancellationToken: Token, template: Template).AsTask();
}
