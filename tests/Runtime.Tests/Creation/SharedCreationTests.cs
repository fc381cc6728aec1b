using System.Buffers;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>What callers of one process share.</summary>
public sealed class SharedCreationTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Minute = new() { Expires = TimeSpan.FromMinutes(1) };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _pool;
    private readonly GatedCreate _create = new();

    public SharedCreationTests() => _pool = _fleet.Join();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task A_missing_value_is_created_once_stored_and_found_from_then_on()
    {
        Assert.Equal("v", await GetAsync(_ => ValueTask.FromResult("v")));
        Assert.Equal("v", await GetAsync(_ => throw new InvalidOperationException("it is there")));
        Assert.Equal("v", await _pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task Callers_of_one_key_share_one_create()
    {
        var calls = Enumerable.Range(0, 50).Select(_ => GetAsync(_create.CreateAsync)).ToArray();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == calls.Length);
        _create.Return("shared");

        Assert.All(await Task.WhenAll(calls), value => Assert.Equal("shared", value));
        Assert.Equal(1, _create.Runs);
        Assert.Equal(0, _pool.WaitingForCreation);
    }

    [Fact]
    public async Task A_value_that_its_codec_finds_too_large_is_given_out_and_not_stored()
    {
        var codec = new RefusingCodec();
        for (var i = 1; i <= 2; i++)
        {
            var created = await _pool.GetOrCreateAsync("k", _ => ValueTask.FromResult($"v{i}"), codec, Minute, cancellationToken: Token);
            Assert.Equal($"v{i}", created);
        }

        await Assert.ThrowsAsync<ValueTooLargeException>(async () => await _pool.SetAsync("k", "v", codec, cancellationToken: Token));
        Assert.True(await _pool.AddAsync("k", "the lease is given back", Text, cancellationToken: Token));
    }

    [Fact]
    public async Task A_state_reaches_the_create_function_without_a_closure()
    {
        var key = "k"u8.ToArray();
        Assert.Equal("7!", await _pool.GetOrCreateAsync(key, 7, static (state, _) => ValueTask.FromResult($"{state}!"), Text, Minute, cancellationToken: Token));
        Assert.Equal("7!", await _pool.GetOrCreateAsync("k", "other", static (state, _) => ValueTask.FromResult(state), Text, Minute, cancellationToken: Token));
    }

    [Fact]
    public async Task A_cancelled_caller_leaves_the_others_alone_and_the_last_one_cancels_the_create()
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var second = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var one = GetAsync(_create.CreateAsync, first.Token);
        var two = GetAsync(_create.CreateAsync, second.Token);
        var created = await _create.Started;
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 2);

        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(created.IsCancellationRequested);

        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        await Fleet.UntilAsync(() => created.IsCancellationRequested);

        Assert.Equal("next", await _fleet.PassTimeAsync(GetAsync(_ => ValueTask.FromResult("next"))));
    }

    [Fact]
    public async Task A_value_reaches_those_who_stayed()
    {
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var gone = GetAsync(_create.CreateAsync, leaves.Token);
        var stays = GetAsync(_create.CreateAsync);
        await _create.Started;
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 2);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _create.Return("v");
        Assert.Equal("v", await stays);
        Assert.Equal(1, _create.Runs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exception_reaches_all_who_wait_and_is_not_kept(bool beforeTheFirstAwait)
    {
        var gate = new TaskCompletionSource();
        async ValueTask<string> FailLate(CancellationToken token)
        {
            await gate.Task.WaitAsync(token);
            throw new InvalidDataException("no such row");
        }

        ValueTask<string> FailAtOnce(CancellationToken token)
        {
            gate.Task.Wait(token);
            throw new InvalidDataException("no such row");
        }

        var calls = Enumerable.Range(0, 5).Select(_ => GetAsync(beforeTheFirstAwait ? FailAtOnce : FailLate)).ToArray();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == calls.Length);
        gate.SetResult();
        foreach (var call in calls)
        {
            Assert.Equal("no such row", (await Assert.ThrowsAsync<InvalidDataException>(() => call)).Message);
        }

        // The lease was given back: no time has to pass.
        Assert.Equal("next", await GetAsync(_ => ValueTask.FromResult("next")));
    }

    [Fact]
    public async Task A_delete_begins_a_new_creation_and_the_old_one_is_not_stored()
    {
        var before = GetAsync(_create.CreateAsync);
        await _create.Started;
        Assert.True(await _pool.DeleteAsync("k", Token));
        Assert.Equal("new", await GetAsync(_ => ValueTask.FromResult("new")));
        _create.Return("old");

        Assert.Equal("old", await before);
        Assert.Equal("new", await _pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_store_in_between_is_not_overwritten()
    {
        var call = GetAsync(_create.CreateAsync);
        await _create.Started;
        await _pool.SetAsync("k", "stored", Text, cancellationToken: Token);
        _create.Return("created");

        Assert.Equal("created", await call);
        Assert.Equal("stored", await _pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task Other_types_under_one_key_do_not_share()
    {
        var text = GetAsync(_create.CreateAsync);
        await _create.Started;
        var bytes = _pool.GetOrCreateAsync("k", _ => ValueTask.FromResult(new byte[] { 1 }), CacheCodecs.Bytes, Minute, cancellationToken: Token).AsTask();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 2);
        _create.Return("text");

        Assert.Equal("text", await text);
        Assert.Equal("text"u8.ToArray(), await _fleet.PassTimeAsync(bytes));
    }

    [Fact]
    public async Task A_create_function_which_asks_for_its_own_key_creates_for_itself()
    {
        var inner = 0;
        var value = await GetAsync(async token =>
        {
            var own = await _pool.GetOrCreateAsync("k", _ => ValueTask.FromResult($"inner {++inner}"), Text, Minute, cancellationToken: token);
            return $"outer of {own}";
        });

        Assert.Equal("outer of inner 1", value);
        Assert.Equal(value, await _pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task Create_functions_which_ask_for_each_others_keys_end()
    {
        var both = new TaskCompletionSource();
        var running = 0;
        async ValueTask<string> AskFor(string other, CancellationToken token)
        {
            if (Interlocked.Increment(ref running) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(token);
            return "of " + await _pool.GetOrCreateAsync(other, _ => ValueTask.FromResult(other), Text, Minute, cancellationToken: token);
        }

        var a = _pool.GetOrCreateAsync("a", token => AskFor("b", token), Text, Minute, cancellationToken: Token).AsTask();
        var b = _pool.GetOrCreateAsync("b", token => AskFor("a", token), Text, Minute, cancellationToken: Token).AsTask();

        string[] values = [await _fleet.PassTimeAsync(a), await _fleet.PassTimeAsync(b)];
        Assert.Contains(values, value => value is "of a" or "of b");
    }

    [Fact]
    public async Task Disposal_ends_the_waiting_and_cancels_the_create()
    {
        var call = GetAsync(_create.CreateAsync);
        var created = await _create.Started;
        _pool.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
        Assert.True(created.IsCancellationRequested);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => GetAsync(_create.CreateAsync));
    }

    [Fact]
    public async Task The_create_function_runs_on_the_thread_pool_in_the_callers_context()
    {
        var ambient = new AsyncLocal<string> { Value = "caller" };
        var seen = await GetAsync(_ => ValueTask.FromResult($"{ambient.Value} {Thread.CurrentThread.IsThreadPoolThread}"));
        Assert.Equal("caller True", seen);
    }

    [Fact]
    public async Task A_cancelled_token_asks_no_server()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(_create.CreateAsync, new CancellationToken(canceled: true)));
        Assert.Equal(0, _create.Runs);
        Assert.All(_pool.Servers, server => Assert.Equal(ServerState.Disconnected, server.State));
    }

    private async Task<string> GetAsync(Func<CancellationToken, ValueTask<string>> create, CancellationToken? token = null) =>
        await _pool.GetOrCreateAsync("k", create, Text, Minute, cancellationToken: token ?? Token);

    private sealed class RefusingCodec : ICacheCodec<string>
    {
        public void Write(ref ValueWriter writer, string value)
        {
            writer.BeginRaw().Write("part"u8);
            throw new ValueTooLargeException("too large");
        }

        public string Read(in StoredValue stored) => stored.ReadText();
    }
}
