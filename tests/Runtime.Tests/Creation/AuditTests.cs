using Microsoft.Extensions.Logging;
using TypedCache.Keys;
using TypedCache.Tests.Telemetry;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>What audits of hits find.</summary>
[Collection(nameof(ListensToTheMeter))]
public sealed class AuditTests : IDisposable
{
    private static readonly GetOrCreateOptions WithStale = new() { Expires = TimeSpan.FromMinutes(10), Stale = TimeSpan.FromMinutes(5), Audit = 1 };

    private readonly AuditScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_forgotten_invalidation_is_found_with_the_age_of_the_value()
    {
        await _scene.GetAsync("old");
        _scene.Advance(120);
        _scene.ForgetAsked();

        Assert.Equal("old", await _scene.GetAsync("new"));
        await _scene.UntilAsync("mismatch 1");
        Assert.InRange(Assert.Single(_scene.Ages), 118, 122);
        await Fleet.UntilAsync(() => _scene.Log.Of(10).Count == 1);
        Assert.Equal((TypedCacheTelemetry.CreationLogCategory, LogLevel.Warning), (_scene.Log.Of(10)[0].Category, _scene.Log.Of(10)[0].Level));
        Assert.Matches(
            "^a value of shop:audited:{id} that has been stored for 00:0[12]:[0-9][0-9] is not what its create function gives: an invalidation may be missing$",
            _scene.Log.Of(10)[0].Message);

        _scene.AssertNothingWritten();
        Assert.Equal("old", await _scene.Other.GetAsync("k", CacheCodecs.String, Token));
    }

    [Fact]
    public async Task A_log_says_it_once_a_minute()
    {
        await _scene.GetAsync("old");
        for (var i = 1; i <= 3; i++)
        {
            await _scene.GetAsync("new");
            await _scene.UntilAsync($"mismatch {i}");
        }

        _scene.Advance(60);
        await _scene.GetAsync("new");
        await _scene.UntilAsync("mismatch 4");
        await Fleet.UntilAsync(() => _scene.Log.Of(10).Count == 2);
    }

    [Fact]
    public async Task A_value_that_is_still_right_is_a_match_whatever_its_caller_does_with_it()
    {
        var value = new byte[20_000];
        for (var i = 0; i < 2; i++)
        {
            var got = await _scene.Pool.GetOrCreateAsync(
                "k", _ => ValueTask.FromResult<byte[]>([.. value]), CacheCodecs.Bytes, AuditScene.Options, cancellationToken: Token, template: AuditScene.Template);
            got[7] = 7;
        }

        await _scene.UntilAsync("match 1");
        Assert.Empty(_scene.Ages);
    }

    [Theory]
    [InlineData("set")]
    [InlineData("set to the same")]
    [InlineData("delete")]
    [InlineData("invalidate")]
    [InlineData("delete and create")]
    public async Task What_happens_to_the_key_meanwhile_makes_it_void(string what)
    {
        await _scene.GetAsync("old", WithStale);
        var create = new GatedCreate();
        Assert.Equal("old", await _scene.GetAsync(create.CreateAsync, WithStale));
        await create.Started;
        create.Return("new");
        await (what switch
        {
            "set" => _scene.Other.SetAsync("k", "new", CacheCodecs.String, TimeSpan.FromMinutes(10), Token),
            "set to the same" => _scene.Other.SetAsync("k", "old", CacheCodecs.String, TimeSpan.FromMinutes(10), Token),
            "delete" => new ValueTask(_scene.Other.DeleteAsync("k", Token).AsTask()),
            "invalidate" => new ValueTask(_scene.Other.InvalidateAsync("k", TimeSpan.FromMinutes(5), Token).AsTask()),
            _ => DeleteAndCreateAsync(),
        });

        await _scene.UntilAsync("void 1");
        Assert.Empty(_scene.Ages);
        Assert.Empty(_scene.Log.Of(10));
    }

    [Fact]
    public async Task A_touch_changes_no_value()
    {
        await _scene.GetAsync("old");
        var create = new GatedCreate();
        await _scene.GetAsync(create.CreateAsync);
        await create.Started;
        create.Return("new");
        await _scene.Other.TouchAsync("k", TimeSpan.FromHours(1), Token);
        await _scene.UntilAsync("mismatch 1");
    }

    [Fact]
    public async Task What_is_not_to_be_cached_says_nothing()
    {
        await _scene.GetAsync("old");
        await _scene.Pool.GetOrCreateItemAsync(
            "k", _ => ValueTask.FromResult(CacheItem.NotCached("new")), CacheCodecs.String, AuditScene.Options, cancellationToken: Token, template: AuditScene.Template);
        await _scene.UntilAsync("void 1");
    }

    [Fact]
    public async Task The_age_counts_from_the_expiry_that_the_item_has()
    {
        for (var i = 0; i < 2; i++)
        {
            await _scene.Pool.GetOrCreateItemAsync(
                "k", _ => ValueTask.FromResult(CacheItem.Cached($"{i}", TimeSpan.FromHours(1))), CacheCodecs.String, WithStale, cancellationToken: Token, template: AuditScene.Template);
            _scene.Advance(100);
        }

        await _scene.UntilAsync("mismatch 1");
        Assert.InRange(Assert.Single(_scene.Ages), 98, 202);
    }

    [Fact]
    public async Task The_age_of_what_never_expires_is_not_known()
    {
        var options = new GetOrCreateOptions { Audit = 1 };
        await _scene.GetAsync("old", options);
        await _scene.GetAsync("new", options);
        await _scene.UntilAsync("mismatch 1");
        Assert.Empty(_scene.Ages);
        await Fleet.UntilAsync(() => _scene.Log.Of(10).Count == 1);
        Assert.Contains("stored for an unknown time", _scene.Log.Of(10)[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("old", null, "mismatch 1")]
    [InlineData(null, "new", "mismatch 1")]
    [InlineData(null, null, "match 1")]
    public async Task Null_is_a_value_like_others(string? stored, string? created, string outcome)
    {
        var options = new GetOrCreateOptions { CacheNull = true, Audit = 1 };
        foreach (var value in new[] { stored, created })
        {
            Assert.Equal(stored, await _scene.Pool.GetOrCreateAsync("k", _ => ValueTask.FromResult(value), new NullableText(), options, cancellationToken: Token, template: AuditScene.Template));
        }

        await _scene.UntilAsync(outcome);
    }

    // The codec has no form for it.
    [Fact]
    public async Task A_null_that_would_not_be_stored_differs_from_what_is()
    {
        await _scene.GetAsync("old");
        await _scene.GetAsync(_ => ValueTask.FromResult<string>(null!));
        await _scene.UntilAsync("mismatch 1");
    }

    [Fact]
    public async Task Stale_values_and_missing_ones_are_not_audited()
    {
        await _scene.GetAsync("old", WithStale);
        await _scene.Other.InvalidateAsync("k", TimeSpan.FromMinutes(5), Token);
        var refresh = new GatedCreate();
        Assert.Equal("old", await _scene.GetAsync(refresh.CreateAsync, WithStale));
        Assert.Equal("old", await _scene.GetAsync("never", WithStale));
        refresh.Return("new");
        await Fleet.UntilAsync(() => _scene.Pool.WaitingForCreation == 0);
        Assert.Equal("", _scene.Outcomes);
    }

    [Fact]
    public async Task Near_hits_are_audited_by_what_their_server_has()
    {
        var near = new GetOrCreateOptions { Expires = TimeSpan.FromMinutes(10), Audit = 1, Near = new() { Duration = TimeSpan.FromMinutes(1), SharesValues = true } };
        await _scene.GetAsync("old", near);
        Assert.Equal("old", await _scene.GetAsync("old", near));
        await _scene.UntilAsync("match 1");
        await _scene.Other.SetAsync("k", "new", CacheCodecs.String, TimeSpan.FromMinutes(10), Token);
        _scene.ForgetAsked();

        Assert.Equal("old", await _scene.GetAsync("new", near));
        await _scene.UntilAsync("match 2");
        Assert.Equal("old", await _scene.GetAsync("newer", near));
        await _scene.UntilAsync("match 2, mismatch 1");
        _scene.AssertNothingWritten();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hits_of_batches_are_audited_one_by_one(bool isNear)
    {
        var options = new GetOrCreateOptions { Expires = TimeSpan.FromMinutes(10), Audit = 1, Near = isNear ? new() { Duration = TimeSpan.FromMinutes(1), SharesValues = true } : null };
        var asked = new List<string>();
        var gone = false;
        await GetManyAsync();
        Assert.Equal(["1,2"], asked);
        await GetManyAsync();
        await _scene.UntilAsync("match 1, skipped 1");
        Assert.Equal(["1,2", "1"], asked);

        gone = true;
        _scene.ForgetAsked();
        await GetManyAsync();
        await _scene.UntilAsync("match 1, mismatch 1, skipped 2");
        Assert.Equal(["1,2", "1", "1"], asked);
        _scene.AssertNothingWritten();

        ValueTask<Dictionary<int, string>> GetManyAsync() => _scene.Pool.GetOrCreateManyAsync(
            [1, 2], 0, static (ref writer, _, key) => writer.Append(key), KeyPolicy.Escape, CreateAsync, CacheCodecs.String, options, cancellationToken: Token, template: AuditScene.Template);

        ValueTask<IReadOnlyDictionary<int, string>> CreateAsync(IReadOnlyList<int> keys, CancellationToken token)
        {
            asked.Add(string.Join(',', keys));
            return ValueTask.FromResult<IReadOnlyDictionary<int, string>>(gone ? [] : keys.ToDictionary(static key => key, static key => $"v{key}"));
        }
    }

    // A key without it is another one, which is not there.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_key_has_the_prefix_of_the_pool(bool isNear)
    {
        using var scene = new AuditScene(static options => options.KeyPrefix = "app:");
        var options = new GetOrCreateOptions { Audit = 1, Near = isNear ? new() { Duration = TimeSpan.FromMinutes(1), SharesValues = true } : null };
        for (var i = 0; i < 2; i++)
        {
            await scene.GetAsync("v", options);
        }

        await scene.UntilAsync("match 1");
        await scene.Pool.GetOrCreateManyAsync(
            ["k"],
            0,
            static (ref writer, _, key) => writer.Append(key),
            KeyPolicy.Escape,
            static (keys, _) => ValueTask.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(static key => key, static _ => "v")),
            CacheCodecs.String,
            options,
            cancellationToken: Token,
            template: AuditScene.Template);
        await scene.UntilAsync("match 2");
    }

    [Fact]
    public async Task What_cannot_be_read_is_void()
    {
        await _scene.Pool.SetAsync("k", 7, CacheCodecs.Int32, TimeSpan.FromMinutes(10), Token);
        Assert.Equal(7, await _scene.Pool.GetOrCreateAsync("k", static _ => ValueTask.FromResult(8), new OnceReadable(), AuditScene.Options, cancellationToken: Token, template: AuditScene.Template));
        await _scene.UntilAsync("void 1");
    }

    [Fact]
    public async Task Servers_that_do_not_say_how_much_time_is_left_are_audited_too()
    {
        using var scene = new AuditScene(static options => options.Protocol = MemcachedProtocol.Classic);
        await scene.GetAsync("old");
        await scene.GetAsync("old");
        await scene.UntilAsync("match 1");
        await scene.GetAsync("new");
        await scene.UntilAsync("match 1, mismatch 1");
        Assert.Empty(scene.Ages);
    }

    private async ValueTask DeleteAndCreateAsync()
    {
        await _scene.Other.DeleteAsync("k", Token);
        await _scene.Other.GetOrCreateAsync("k", static _ => ValueTask.FromResult("old"), CacheCodecs.String, GetOrCreateOptions.Default, cancellationToken: Token);
    }

    private sealed class NullableText : ICacheCodec<string?>
    {
        public void Write(ref ValueWriter writer, string? value) => writer.WriteText(value is null ? "-" : $"+{value}");

        public string? Read(in StoredValue stored) => stored.ReadText() is ['+', ..] text ? text[1..] : null;
    }

    private sealed class OnceReadable : ICacheCodec<int>
    {
        private int _reads;

        public void Write(ref ValueWriter writer, int value) => writer.WriteInteger(value);

        public int Read(in StoredValue stored) => ++_reads == 1 ? stored.ReadNumber<int>() : throw new InvalidDataException("a reader's own fault");
    }
}
