using System.Collections.Concurrent;
using System.Diagnostics;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>Callers with large values, slow codecs or blocking continuations, and those who share the connection with them.</summary>
[Collection(nameof(RunsAlone))]
public sealed class StarvationTests : IDisposable
{
    private const int SmallCallers = 8;
    private const int LargeCallers = 4;

    private readonly MemcachedProcess _process = MemcachedProcess.Start("-I", "2m");
    private readonly MemcachedPool _pool;

    public StarvationTests() => _pool = FaultPool.Connect([_process.Port]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Small_values_get_through_beside_large_ones(int connections)
    {
        await using var pool = FaultPool.Connect([_process.Port], options => options.ConnectionsPerServer = connections);
        var large = new byte[1_000_000];
        new Random(3).NextBytes(large);
        await pool.SetAsync("large", large, CacheCodecs.Bytes, cancellationToken: Token);
        await pool.SetAsync("small", "s", CacheCodecs.String, cancellationToken: Token);
        var alone = await MeasureSmallAsync(pool, TimeSpan.FromSeconds(1));
        using var stop = new CancellationTokenSource();
        var megabytes = 0;
        Task[] readers = [.. Enumerable.Range(0, LargeCallers).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(large.Length, (await pool.GetAsync("large", CacheCodecs.Bytes))!.Length);
                Interlocked.Increment(ref megabytes);
            }
        }))];

        var beside = await MeasureSmallAsync(pool, TimeSpan.FromSeconds(3));
        await stop.CancelAsync();
        await Task.WhenAll(readers).WaitAsync(FaultPool.Patience, Token);

        TestFigures.Report($"starvation-{connections}", $"""
            {SmallCallers} callers get small values, at most {connections} connection(s) to the server
              alone: {Shown(alone)}
              beside {LargeCallers} callers who get 1 MB values ({megabytes} in 3 s): {Shown(beside)}
            """);
        Assert.True(beside.Count > 50 && megabytes > 10, $"{beside.Count} small and {megabytes} large values");
    }

    [Fact]
    public async Task A_codec_which_blocks_holds_up_nobody_else()
    {
        using var release = new ManualResetEventSlim();
        var codec = new BlockingCodec(release);
        await StoreAsync();

        var blocked = Task.Run(async () => await _pool.GetAsync("k0", codec, Token), Token);
        await codec.Entered.WaitAsync(FaultPool.Patience, Token);
        await ReadAllAsync();

        Assert.False(blocked.IsCompleted);
        release.Set();
        Assert.Equal("k0", await blocked.WaitAsync(FaultPool.Patience, Token));
    }

    [Fact]
    public async Task A_continuation_which_blocks_holds_up_nobody_else()
    {
        using var release = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await StoreAsync();

        async Task BlockAsync()
        {
            await _pool.GetAsync("k0", CacheCodecs.String, Token);
            entered.TrySetResult();
            release.Wait(Token);
        }

        Task[] blocked = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(BlockAsync, Token))];
        await entered.Task.WaitAsync(FaultPool.Patience, Token);
        await ReadAllAsync();

        Assert.DoesNotContain(blocked, task => task.IsCompleted);
        release.Set();
        await Task.WhenAll(blocked).WaitAsync(FaultPool.Patience, Token);
    }

    public void Dispose()
    {
        _pool.Dispose();
        _process.Dispose();
    }

    private static string Shown(List<double> milliseconds)
    {
        milliseconds.Sort();
        return $"{milliseconds.Count} gets, p50 {milliseconds[milliseconds.Count / 2]:0.00} ms, p99 {milliseconds[milliseconds.Count * 99 / 100]:0.00} ms";
    }

    private async Task StoreAsync()
    {
        for (var i = 0; i < 200; i++)
        {
            await _pool.SetAsync($"k{i}", $"k{i}", CacheCodecs.String, cancellationToken: Token);
        }
    }

    private async Task ReadAllAsync()
    {
        Task<string?>[] reads = [.. Enumerable.Range(0, 200).Select(i => _pool.GetAsync($"k{i}", CacheCodecs.String, Token).AsTask())];
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"k{i}"), await Task.WhenAll(reads).WaitAsync(FaultPool.Patience, Token));
    }

    private static async Task<List<double>> MeasureSmallAsync(MemcachedPool pool, TimeSpan duration)
    {
        var latencies = new ConcurrentBag<double>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, SmallCallers).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < duration)
            {
                var begun = Stopwatch.GetTimestamp();
                Assert.Equal("s", await pool.GetAsync("small", CacheCodecs.String));
                latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        })));
        return [.. latencies];
    }

    private sealed class BlockingCodec(ManualResetEventSlim release) : ICacheCodec<string>
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public void Write(ref ValueWriter writer, string value) => CacheCodecs.String.Write(ref writer, value);

        public string Read(in StoredValue stored)
        {
            _entered.TrySetResult();
            release.Wait(Token);
            return CacheCodecs.String.Read(stored);
        }
    }
}
