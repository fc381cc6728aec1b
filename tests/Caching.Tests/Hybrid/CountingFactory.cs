namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>A factory that counts its runs, and waits, if it is told to.</summary>
internal sealed class CountingFactory<T>(Func<int, T> create)
{
    private readonly TaskCompletionSource<CancellationToken> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    public int Runs => Volatile.Read(ref _runs);

    /// <summary>The token of the first run, once that has begun.</summary>
    public Task<CancellationToken> Started => _started.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public ValueTask<T> Run(CancellationToken token) => new(RunNow(token));

    public T RunNow(CancellationToken token)
    {
        var value = create(Interlocked.Increment(ref _runs));
        _started.TrySetResult(token);
        return value;
    }

    public async ValueTask<T> RunGated(CancellationToken token)
    {
        var run = Interlocked.Increment(ref _runs);
        _started.TrySetResult(token);
        await _gate.Task.WaitAsync(token);
        return create(run);
    }

    public void Open() => _gate.TrySetResult();
}
