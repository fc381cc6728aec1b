using System.Collections.Concurrent;
using System.Diagnostics;
using TypedCache.Keys;
using TypedCache.Tests.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>Callers who block until they have their value: on their own threads, and on those of the thread pool.</summary>
[Collection(nameof(BlocksThreadPool))]
public sealed class BlockedCallerTests : IAsyncDisposable
{
    private const int Callers = 300;

    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly GetOrCreateOptions Minute = new() { Expires = TimeSpan.FromMinutes(1), LeaseTime = TimeSpan.FromMinutes(5) };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _pool;
    private int _creates;

    public BlockedCallerTests() => _pool = _fleet.JoinAlone();

    /// <summary>How callers block.</summary>
    public enum Way
    {
        GetResult,
        Result,
        ResultOfTask,
        GetResultOfTask,
        ResultWithToken,
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Theory]
    [InlineData(Way.GetResult, true)]
    [InlineData(Way.GetResult, false)]
    [InlineData(Way.Result, true)]
    [InlineData(Way.Result, false)]
    [InlineData(Way.ResultOfTask, true)]
    [InlineData(Way.ResultOfTask, false)]
    [InlineData(Way.GetResultOfTask, true)]
    [InlineData(Way.GetResultOfTask, false)]
    [InlineData(Way.ResultWithToken, true)]
    [InlineData(Way.ResultWithToken, false)]
    public async Task Callers_who_block_threads_of_the_pool_share_one_create(Way way, bool createBlocks)
    {
        await ConnectAsync();
        var watch = Stopwatch.StartNew();
        var calls = Enumerable.Range(0, Callers).Select(_ => Arrive(() => Get(way, createBlocks ? BlockAsync : DelayAsync)));

        Assert.All(await Task.WhenAll(calls).WaitAsync(Patience, Token), value => Assert.Equal("v", value));
        Assert.Equal(1, _creates);
        Report($"{Callers} callers who block by {way}, on a create which {(createBlocks ? "blocks" : "awaits")} 20 ms: {watch.ElapsedMilliseconds} ms");
    }

    [Theory]
    [InlineData(Way.GetResult)]
    [InlineData(Way.Result)]
    [InlineData(Way.ResultOfTask)]
    [InlineData(Way.GetResultOfTask)]
    [InlineData(Way.ResultWithToken)]
    public async Task A_creation_needs_no_thread_of_the_pool(Way way)
    {
        await ConnectAsync();
        var watch = Stopwatch.StartNew();
        WhilePoolIsBlocked(100, () => Get(way, BlockAsync));
        Assert.Equal(1, _creates);
        Report($"100 callers by {way} beside a blocked thread pool: {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task A_creation_of_many_needs_no_thread_of_the_pool()
    {
        await ConnectAsync();
        WhilePoolIsBlocked(20, () => string.Concat(_pool.GetOrCreateManyAsync(
            [1, 2, 3],
            0,
            static (ref writer, _, item) => writer.Append(item),
            KeyPolicy.Escape,
            (keys, _) =>
            {
                Interlocked.Add(ref _creates, keys.Count);
                return ValueTask.FromResult<IReadOnlyDictionary<int, string>>(keys.ToDictionary(key => key, _ => "v"));
            },
            Text,
            Minute).GetAwaiter().GetResult().Values.Distinct()));
        Assert.Equal(3, _creates);
    }

    [Fact]
    public async Task A_failure_reaches_callers_who_block()
    {
        await ConnectAsync();
        WhilePoolIsBlocked(20, () =>
        {
            var thrown = Assert.Throws<InvalidDataException>(() => Get(Way.GetResult, _ => throw new InvalidDataException("no such row")));
            return thrown.Message == "no such row" ? "v" : thrown.Message;
        });
    }

    [Fact]
    public async Task A_hit_reaches_callers_who_block()
    {
        await _pool.SetAsync("k", "v", Text, cancellationToken: Token);
        await Task.Yield();
        WhilePoolIsBlocked(20, () => Get(Way.GetResult, BlockAsync));
        Assert.Equal(0, _creates);
    }

    [Fact]
    public async Task A_caller_who_blocks_can_leave()
    {
        using var leaves = new CancellationTokenSource();
        var create = new GatedCreate();
        var call = Task.Run(() => Assert.ThrowsAny<OperationCanceledException>(() => _pool.GetOrCreateAsync("k", create.CreateAsync, Text, Minute, cancellationToken: leaves.Token).GetAwaiter().GetResult()), Token);
        await create.Started.WaitAsync(Patience, Token);
        await leaves.CancelAsync();
        await call.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Disposal_ends_the_waiting_of_callers_who_block()
    {
        var create = new GatedCreate();
        var call = Task.Run(() => Assert.Throws<ObjectDisposedException>(() => Get(Way.GetResult, create.CreateAsync)), Token);
        await create.Started.WaitAsync(Patience, Token);
        _pool.Dispose();
        await call.WaitAsync(Patience, Token);
    }

    // A caller who waits carries the creation out, with nothing of its own around it.
    [Fact]
    public async Task A_create_function_runs_in_the_context_of_the_caller_who_began_it_whoever_carries_it_out()
    {
        await ConnectAsync();
        var ambient = new AsyncLocal<int>();
        var seen = new ConcurrentBag<(int Expected, int Seen)>();

        // Few: what the create functions await goes on in the thread pool, behind callers who block its threads.
        var calls = Enumerable.Range(1, 40).Select(caller => Arrive(() =>
        {
            ambient.Value = caller;
            var value = _pool.GetOrCreateAsync(
                $"k{caller % 20}",
                async token =>
                {
                    seen.Add((caller, ambient.Value));
                    await Task.Yield();
                    seen.Add((caller, ambient.Value));
                    return "v";
                },
                Text,
                Minute).GetAwaiter().GetResult();
            Assert.Equal(caller, ambient.Value);
            return value;
        }));

        await Task.WhenAll(calls).WaitAsync(Patience, Token);
        Assert.Equal(40, seen.Count);
        Assert.All(seen, pair => Assert.Equal(pair.Expected, pair.Seen));
    }

    // A thread with a synchronization context carries nothing out which would come back to it.
    [Fact]
    public async Task A_caller_who_blocks_the_thread_of_a_user_interface_is_not_waited_for_by_the_create_function()
    {
        await ConnectAsync();
        var value = await Task.Run(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new DeadContext());
            return Get(Way.GetResult, async _ =>
            {
                await Task.Yield();
                return "v";
            });
        }).WaitAsync(Patience, Token);
        Assert.Equal("v", value);
    }

    private static void Report(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    // As a request does: what a thread of the pool has queued by itself comes before every timer, once that thread blocks.
    private static Task<string> Arrive(Func<string> call)
    {
        var result = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                try
                {
                    result.SetResult(call());
                }
                catch (Exception exception)
                {
                    result.SetException(exception);
                }
            },
            state: 0,
            preferLocal: false);
        return result.Task;
    }

    private static void WhilePoolIsBlocked(int callers, Func<string> call)
    {
        var values = new string?[callers];
        using (new BusyThreadPool())
        {
            Thread[] threads = [.. Enumerable.Range(0, callers).Select(i => new Thread(() => values[i] = call(), maxStackSize: 256 * 1024) { IsBackground = true })];
            Array.ForEach(threads, thread => thread.Start());
            Assert.All(threads, thread => Assert.True(thread.Join(Patience), "a caller waits for ever"));
        }

        Assert.All(values, value => Assert.Equal("v", value));
    }

    // The test goes on apart from the connection's reader, whose thread it would block.
    private async Task ConnectAsync()
    {
        await _pool.GetAsync("connects", Text, Token);
        await Task.Yield();
    }

    private string Get(Way way, Func<CancellationToken, ValueTask<string>> create)
    {
        var call = _pool.GetOrCreateAsync("k", create, Text, Minute, cancellationToken: way == Way.ResultWithToken ? Token : CancellationToken.None);
        return way switch
        {
            Way.GetResult => call.GetAwaiter().GetResult(),
            Way.ResultOfTask => call.AsTask().Result,
            Way.GetResultOfTask => call.AsTask().GetAwaiter().GetResult(),
            _ => call.Result,
        };
    }

    private async ValueTask<string> DelayAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _creates);
        await new ThreadSwitch(delay: 20);
        return "v";
    }

    private ValueTask<string> BlockAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _creates);
        Thread.Sleep(20);
        return ValueTask.FromResult("v");
    }

    private sealed class DeadContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            // The thread is blocked.
        }
    }
}
