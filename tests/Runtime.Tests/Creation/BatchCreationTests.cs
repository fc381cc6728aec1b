using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>Many values which are created with one call.</summary>
public sealed class BatchCreationTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Minute = new() { Expires = TimeSpan.FromMinutes(1) };

    private readonly Fleet _fleet = new(servers: 3);
    private readonly MemcachedPool _pool;
    private readonly List<int[]> _asked = [];

    public BatchCreationTests() => _pool = _fleet.Join();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task What_is_missing_is_created_with_one_call_and_stored()
    {
        await _pool.SetAsync("n:2", "stored 2", Text, cancellationToken: Token);
        await _pool.SetAsync("n:4", "", Text, cancellationToken: Token);
        var values = await GetManyAsync(_pool, [1, 2, 3, 1, 4, 3]);

        Assert.Equal(["1: created 1", "2: stored 2", "3: created 3", "4: "], Shown(values));
        Assert.Equal([1, 3], Assert.Single(_asked).Order());
        Assert.Equal(values, await GetManyAsync(_pool, [4, 3, 2, 1]));
        Assert.Single(_asked);
        await GetManyAsync(_pool, Enumerable.Range(0, 500));
        Assert.Equal(496, _asked[1].Length);
    }

    [Fact]
    public async Task What_the_function_leaves_out_is_not_there_and_asked_for_again()
    {
        for (var round = 0; round < 2; round++)
        {
            var values = await _pool.GetOrCreateManyAsync([1, 2, 3], 0, Key, KeyPolicy.Escape, (keys, _) => CreateAsync(keys.Where(key => key != 2)), Text, Minute, cancellationToken: Token);
            Assert.Equal([1, 3], values.Keys.Order());
        }

        Assert.Equal("single", await _pool.GetOrCreateAsync("n:2", _ => ValueTask.FromResult("single"), Text, Minute, cancellationToken: Token));
    }

    [Fact]
    public async Task A_function_that_gives_null_is_named()
    {
        var wrong = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _pool.GetOrCreateManyAsync(
            [1, 2], 0, Key, KeyPolicy.Escape, (_, _) => ValueTask.FromResult<IReadOnlyDictionary<int, string>>(null!), Text, Minute, cancellationToken: Token));

        Assert.Contains("create function of a GetOrCreateMany gave null", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_comes_twice_is_created_once_even_if_it_is_left_out()
    {
        var asked = new List<int>();
        var values = await _pool.GetOrCreateManyAsync(
            [7, 8, 7, 8, 7],
            0,
            Key,
            KeyPolicy.Escape,
            (keys, _) =>
            {
                asked.AddRange(keys);
                return CreateAsync(keys.Where(key => key != 7));
            },
            Text,
            Minute,
            cancellationToken: Token);
        Assert.Equal([8], values.Keys);
        Assert.Equal([7, 8], asked.Order());
    }

    [Fact]
    public async Task Keys_which_others_create_are_waited_for()
    {
        var other = _fleet.Join();
        var single = new GatedCreate();
        var first = other.GetOrCreateAsync("n:1", single.CreateAsync, Text, Minute, cancellationToken: Token).AsTask();
        await single.Started;
        var many = GetManyAsync(_pool, [1, 2]);
        await Fleet.UntilAsync(() => _asked.Count == 1);
        single.Return("single");

        Assert.Equal(["1: single", "2: created 2"], Shown(await _fleet.PassTimeAsync(many)));
        Assert.Equal("single", await first);
        Assert.Equal([2], _asked[0]);
    }

    [Fact]
    public async Task A_single_caller_shares_the_creation_of_many()
    {
        var gate = new TaskCompletionSource();
        var many = GetManyAsync(_pool, [1, 2], gate.Task);
        await Fleet.UntilAsync(() => _asked.Count == 1);
        var single = _pool.GetOrCreateAsync("n:2", _ => throw new InvalidOperationException("the batch creates"), Text, Minute, cancellationToken: Token).AsTask();
        var absent = _pool.GetOrCreateAsync("n:1", _ => ValueTask.FromResult("own"), Text, Minute, cancellationToken: Token).AsTask();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 4);
        gate.SetResult();

        Assert.Equal("created 2", await single);
        Assert.Equal("created 1", await absent);
        Assert.Equal(2, (await many).Count);
    }

    [Fact]
    public async Task A_single_caller_creates_what_the_creation_of_many_left_out()
    {
        var gate = new TaskCompletionSource();
        var many = _pool.GetOrCreateManyAsync<int, int, string>(
            [1],
            0,
            Key,
            KeyPolicy.Escape,
            async (keys, token) =>
            {
                await gate.Task.WaitAsync(token);
                return new Dictionary<int, string>();
            },
            Text,
            Minute,
            cancellationToken: Token).AsTask();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 1);
        var single = _pool.GetOrCreateAsync("n:1", _ => ValueTask.FromResult("own"), Text, Minute, cancellationToken: Token).AsTask();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 2);
        gate.SetResult();

        Assert.Empty(await many);
        Assert.Equal("own", await _fleet.PassTimeAsync(single));
    }

    [Fact]
    public async Task Stale_values_are_refreshed_with_one_call_in_the_background()
    {
        var options = new GetOrCreateOptions { Expires = TimeSpan.FromSeconds(60), Stale = TimeSpan.FromSeconds(60) };
        foreach (var key in (await GetManyAsync(_pool, [1, 2, 3], options: options)).Keys)
        {
            Assert.True(await _pool.InvalidateAsync($"n:{key}", options.Stale, Token));
        }

        var gate = new TaskCompletionSource();
        var stale = await GetManyAsync(_pool, [1, 2, 3, 4], gate.Task, options, "new", shallWait: keys => keys.Count == 3);

        Assert.Equal(["1: created 1", "2: created 2", "3: created 3", "4: new 4"], Shown(stale));
        gate.SetResult();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 0);
        Assert.Equal([[1, 2, 3], [1, 2, 3], [4]], _asked.OrderBy(keys => -keys.Length));
        Assert.Equal(["1: new 1", "2: new 2", "3: new 3"], Shown(await GetManyAsync(_pool, [1, 2, 3], options: options)));
    }

    [Fact]
    public async Task A_failure_reaches_the_caller_and_gives_all_leases_back()
    {
        await Assert.ThrowsAsync<InvalidDataException>(async () => await _pool.GetOrCreateManyAsync<int, int, string>(
            [1, 2, 3], 0, Key, KeyPolicy.Escape, (_, _) => throw new InvalidDataException(), Text, Minute, cancellationToken: Token));
        Assert.Equal(3, (await GetManyAsync(_pool, [1, 2, 3])).Count);
    }

    [Fact]
    public async Task The_last_one_who_leaves_cancels_the_creation()
    {
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var seen = new TaskCompletionSource<CancellationToken>();
        var many = _pool.GetOrCreateManyAsync<int, int, string>(
            [1, 2, 3],
            0,
            Key,
            KeyPolicy.Escape,
            async (keys, token) =>
            {
                seen.SetResult(token);
                await Task.Delay(Timeout.Infinite, token);
                return new Dictionary<int, string>();
            },
            Text,
            Minute,
            cancellationToken: leaves.Token).AsTask();
        var token = await seen.Task;
        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => many);
        await Fleet.UntilAsync(() => token.IsCancellationRequested);
        Assert.Equal(3, (await _fleet.PassTimeAsync(GetManyAsync(_pool, [1, 2, 3]))).Count);
    }

    [Fact]
    public async Task A_value_which_cannot_be_stored_fails_alone()
    {
        var call = _pool.GetOrCreateManyAsync<int, int, string>(
            [1, 2],
            0,
            Key,
            KeyPolicy.Escape,
            (keys, _) => ValueTask.FromResult<IReadOnlyDictionary<int, string>>(new Dictionary<int, string> { [1] = "\ud800", [2] = "fine" }),
            Text,
            Minute,
            cancellationToken: Token);
        await Assert.ThrowsAsync<ArgumentException>(async () => await call);
        Assert.Equal("fine", await _pool.GetAsync("n:2", Text, Token));
        Assert.Null(await _pool.GetAsync("n:1", Text, Token));
    }

    [Fact]
    public async Task A_key_which_is_not_valid_wins_no_lease()
    {
        await Assert.ThrowsAsync<CacheKeyException>(async () => await _pool.GetOrCreateManyAsync<string, int, string>(
            ["fine", "not fine"],
            0,
            static (ref writer, _, item) => writer.Append(item),
            KeyPolicy.Reject,
            (_, _) => throw new InvalidOperationException(),
            Text,
            Minute,
            cancellationToken: Token));
        Assert.Equal("v", await _pool.GetOrCreateAsync("fine", _ => ValueTask.FromResult("v"), Text, Minute, cancellationToken: Token));
    }

    private static void Key(ref CacheKeyWriter writer, int state, int item)
    {
        writer.AppendLiteral("n:"u8);
        writer.Append(item);
    }

    private static IEnumerable<string> Shown(Dictionary<int, string> values) => values.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}");

    private static ValueTask<IReadOnlyDictionary<int, string>> CreateAsync(IEnumerable<int> keys, string what = "created") =>
        ValueTask.FromResult<IReadOnlyDictionary<int, string>>(keys.ToDictionary(key => key, key => $"{what} {key}"));

    private async Task<Dictionary<int, string>> GetManyAsync(
        MemcachedPool pool, IEnumerable<int> keys, Task? gate = null, GetOrCreateOptions? options = null, string what = "created", Func<IReadOnlyList<int>, bool>? shallWait = null) =>
        await pool.GetOrCreateManyAsync(
            keys,
            0,
            Key,
            KeyPolicy.Escape,
            async (missing, token) =>
            {
                lock (_asked)
                {
                    _asked.Add([.. missing.Order()]);
                }

                if (shallWait?.Invoke(missing) ?? true)
                {
                    await (gate ?? Task.CompletedTask).WaitAsync(token);
                }

                return await CreateAsync(missing, what);
            },
            Text,
            options ?? Minute,
            cancellationToken: Token);
}
