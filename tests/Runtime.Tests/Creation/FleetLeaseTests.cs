using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>What processes of a fleet owe each other while a value is missing.</summary>
public sealed class FleetLeaseTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Options = new() { Expires = TimeSpan.FromMinutes(1), LeaseWait = TimeSpan.FromSeconds(20), LeaseTime = TimeSpan.FromSeconds(60) };
    private static readonly GetOrCreateOptions Impatient = new() { LeaseWait = TimeSpan.FromSeconds(1) };
    private static readonly GetOrCreateOptions ShortLease = new() { LeaseWait = TimeSpan.FromMinutes(1), LeaseTime = TimeSpan.FromSeconds(2) };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _holder;
    private readonly MemcachedPool _other;
    private readonly GatedCreate _create = new();

    public FleetLeaseTests() => (_holder, _other) = (_fleet.Join(), _fleet.Join());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task Others_wait_for_the_one_who_creates()
    {
        var holder = GetAsync(_holder, _create.CreateAsync);
        await _create.Started;
        var others = Enumerable.Range(0, 10).Select(_ => GetAsync(_other, Never)).ToArray();
        await Fleet.UntilAsync(() => _other.WaitingForCreation == others.Length);
        _create.Return("v");

        Assert.Equal("v", await holder);
        Assert.All(await _fleet.PassTimeAsync(Task.WhenAll(others)), value => Assert.Equal("v", value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_codec_can_tell_what_several_wait_for_from_what_one_reads(bool uncompressed)
    {
        var codec = uncompressed ? CacheCodecs.Uncompressed(new TellingCodec()) : new TellingCodec();
        var holder = _holder.GetOrCreateAsync("k", _create.CreateAsync, codec, Options, cancellationToken: Token).AsTask();
        await _create.Started;
        var others = Enumerable.Range(0, 3).Select(_ => _other.GetOrCreateAsync("k", Never, codec, Options, cancellationToken: Token).AsTask()).ToArray();
        await Fleet.UntilAsync(() => _other.WaitingForCreation == others.Length);
        _create.Return("v");

        Assert.Equal("v", await holder);
        Assert.All(await _fleet.PassTimeAsync(Task.WhenAll(others)), value => Assert.Equal("v, shared", value));
        Assert.Equal("v, read", await _other.GetOrCreateAsync("k", Never, codec, Options, cancellationToken: Token));
    }

    [Fact]
    public async Task The_wait_has_an_end_and_whoever_stores_first_wins()
    {
        var holder = GetAsync(_holder, _create.CreateAsync);
        await _create.Started;
        var began = _fleet.Time.GetTimestamp();
        var late = await _fleet.PassTimeAsync(GetAsync(_other, _ => ValueTask.FromResult("late"), Impatient));

        Assert.Equal("late", late);
        Assert.True(_fleet.Time.GetElapsedTime(began) >= Impatient.LeaseWait);
        Assert.Equal("late", await _other.GetAsync("k", Text, Token));
        _create.Return("superseded");
        Assert.Equal("superseded", await holder);
        Assert.Equal("late", await _other.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_failed_create_lets_the_next_one_win_at_once()
    {
        var holder = GetAsync(_holder, _create.CreateAsync);
        await _create.Started;
        var waiting = GetAsync(_other, _ => ValueTask.FromResult("mine"));
        await Fleet.UntilAsync(() => _other.WaitingForCreation == 1);
        var began = _fleet.Time.GetTimestamp();
        _create.Throw(new InvalidDataException());

        await Assert.ThrowsAsync<InvalidDataException>(() => holder);
        Assert.Equal("mine", await _fleet.PassTimeAsync(waiting));
        Assert.True(_fleet.Time.GetElapsedTime(began) < Options.LeaseWait);
    }

    [Fact]
    public async Task A_lease_whose_holder_died_ends_by_itself()
    {
        var dead = _fleet.Join();
        var lost = dead.GetOrCreateAsync("k", _create.CreateAsync, Text, ShortLease, cancellationToken: Token).AsTask();
        await _create.Started;
        dead.Servers[0].Disable();
        dead.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lost);
        var began = _fleet.Time.GetTimestamp();

        var value = await _fleet.PassTimeAsync(_other.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), Text, ShortLease, cancellationToken: Token).AsTask());

        Assert.Equal("v", value);
        Assert.True(_fleet.Time.GetElapsedTime(began) < ShortLease.LeaseWait);
    }

    [Fact]
    public async Task A_delete_during_the_create_wins_over_the_fill()
    {
        var holder = GetAsync(_holder, _create.CreateAsync);
        await _create.Started;
        Assert.True(await _other.DeleteAsync("k", Token));
        _create.Return("old");

        Assert.Equal("old", await holder);
        Assert.Null(await _other.GetAsync("k", Text, Token));

        // The read has won the lease, and may still be giving it back.
        Assert.Equal("new", await _fleet.PassTimeAsync(GetAsync(_other, _ => ValueTask.FromResult("new"))));
    }

    [Fact]
    public async Task An_invalidation_during_the_create_wins_over_the_fill()
    {
        var holder = GetAsync(_holder, _create.CreateAsync);
        await _create.Started;
        Assert.True(await _other.InvalidateAsync("k", TimeSpan.FromMinutes(1), Token));
        _create.Return("old");

        Assert.Equal("old", await holder);
        Assert.Null(await _other.GetAsync("k", Text, Token));

        // The read has won the lease, and may still be giving it back.
        Assert.Equal("new", await _fleet.PassTimeAsync(GetAsync(_other, _ => ValueTask.FromResult("new"))));
    }

    [Fact]
    public async Task Those_who_wait_see_a_delete_too()
    {
        var holder = GetAsync(_holder, _create.CreateAsync);
        await _create.Started;
        var waiting = GetAsync(_other, _ => ValueTask.FromResult("new"));
        await Fleet.UntilAsync(() => _other.WaitingForCreation == 1);
        await _holder.DeleteAsync("k", Token);

        Assert.Equal("new", await _fleet.PassTimeAsync(waiting));
        _create.Return("old");
        Assert.Equal("old", await holder);
        Assert.Equal("new", await _holder.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_reader_who_left_before_the_answer_gives_the_lease_back()
    {
        var leftInTime = 0;
        for (var i = 0; i < 50; i++)
        {
            using var leaves = new CancellationTokenSource();
            var answeredFirst = false;
            var left = _holder.GetOrCreateAsync($"k{i}", CreateAsync, Text, Options, cancellationToken: leaves.Token).AsTask();
            await leaves.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
            await _holder.GetAsync("fence", Text, Token);
            if (Volatile.Read(ref answeredFirst))
            {
                // On a busy machine the answer may be faster than the one who leaves.
                continue;
            }

            leftInTime++;
            var began = _fleet.Time.GetTimestamp();
            Assert.Equal("v", await _fleet.PassTimeAsync(_other.GetOrCreateAsync($"k{i}", _ => ValueTask.FromResult("v"), Text, Options, cancellationToken: Token).AsTask()));
            Assert.True(_fleet.Time.GetElapsedTime(began) < Options.LeaseWait);

            async ValueTask<string> CreateAsync(CancellationToken token)
            {
                Volatile.Write(ref answeredFirst, true);
                await Task.Delay(Timeout.Infinite, token);
                return "";
            }
        }

        Assert.True(leftInTime > 0, "every answer was faster than the one who left");
    }

    [Fact]
    public async Task A_placeholder_is_a_miss_to_all_reads()
    {
        var holder = GetAsync(_holder, _create.CreateAsync);
        await _create.Started;

        Assert.Null(await _other.GetAsync("k", Text, Token));
        Assert.Null(await _other.GetAsync("k", CacheCodecs.Bytes, Token));
        Assert.False((await _other.GetValueAsync("k", Text, Token)).Found);
        Assert.Null(await _other.GetAndTouchAsync("k", Text, TimeSpan.FromSeconds(10), Token));
        Assert.False(await _other.ExistsAsync("k", Token));
        Assert.False(await _other.TouchAsync("k", TimeSpan.FromSeconds(10), Token));
        Assert.Empty(await _other.GetManyAsync(["k"], Text, Token));
        _create.Return("v");
        Assert.Equal("v", await holder);
    }

    [Fact]
    public async Task A_real_value_without_bytes_is_a_hit()
    {
        Assert.Equal("", await GetAsync(_holder, _ => ValueTask.FromResult("")));
        Assert.Equal("", await GetAsync(_other, Never));
        Assert.Equal("", await _other.GetAsync("k", Text, Token));
        Assert.True(await _other.ExistsAsync("k", Token));
        Assert.Equal("", (await _other.GetManyAsync(["k"], Text, Token))["k"]);
    }

    [Fact]
    public async Task What_is_not_cached_is_given_out_and_created_again()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal($"{i}", await _holder.GetOrCreateItemAsync("k", _ => ValueTask.FromResult(CacheItem.NotCached($"{i}")), Text, Options, cancellationToken: Token));
            Assert.Null(await GetAsync(_other, _ => ValueTask.FromResult<string>(null!)));
        }

        Assert.Null(await _other.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_null_is_stored_where_the_options_and_the_codec_have_a_form_for_it()
    {
        var options = new GetOrCreateOptions { CacheNull = true };
        var codec = new NullableText();
        Assert.Null(await _holder.GetOrCreateAsync("k", _ => ValueTask.FromResult<string?>(null), codec, options, cancellationToken: Token));
        Assert.Null(await _other.GetOrCreateAsync("k", _ => throw new InvalidOperationException("it is there"), codec, options, cancellationToken: Token));

        await Assert.ThrowsAsync<ArgumentNullException>(async () =>
            await _holder.GetOrCreateAsync("text", _ => ValueTask.FromResult<string>(null!), Text, options, cancellationToken: Token));
        Assert.Equal("v", await _other.GetOrCreateAsync("text", _ => ValueTask.FromResult("v"), Text, options, cancellationToken: Token));
    }

    [Fact]
    public async Task Bytes_which_cannot_be_read_are_replaced_once()
    {
        await _holder.SetAsync("k", "no number", Text, cancellationToken: Token);
        var runs = 0;
        var calls = new[] { _holder, _other }.SelectMany(pool => Enumerable.Range(0, 5).Select(_ => pool.GetOrCreateAsync(
            "k",
            token =>
            {
                Interlocked.Increment(ref runs);
                return ValueTask.FromResult(7);
            },
            CacheCodecs.Int32,
            Options,
            cancellationToken: Token).AsTask()));

        Assert.All(await _fleet.PassTimeAsync(Task.WhenAll(calls)), value => Assert.Equal(7, value));
        Assert.Equal(1, runs);
        Assert.Equal(7, await _other.GetAsync("k", CacheCodecs.Int32, Token));
    }

    private static ValueTask<string> Never(CancellationToken token) => throw new InvalidOperationException("somebody else creates");

    private static async Task<string> GetAsync(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create, GetOrCreateOptions? options = null) =>
        await pool.GetOrCreateAsync("k", create, Text, options ?? Options, cancellationToken: Token);

    private sealed class NullableText : ICacheCodec<string?>
    {
        public void Write(ref ValueWriter writer, string? value) => writer.WriteText(value is null ? "-" : "+" + value);

        public string? Read(in StoredValue stored) => stored.ReadText() is ['+', .. var text] ? text : null;
    }

    private sealed class TellingCodec : ISharedCacheCodec<string>
    {
        public void Write(ref ValueWriter writer, string value) => writer.WriteText(value);

        public string Read(in StoredValue stored) => stored.ReadText() + ", read";

        public string ReadShared(in StoredValue stored) => stored.ReadText() + ", shared";
    }
}
