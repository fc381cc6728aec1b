namespace TypedCache.Tests.Creation;

/// <summary>A create function which says when it runs, and ends when the test says so.</summary>
internal sealed class GatedCreate
{
    private readonly TaskCompletionSource<string> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CancellationToken> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    /// <summary>How often it was called.</summary>
    public int Runs => Volatile.Read(ref _runs);

    /// <summary>Completes, with the token it got, when it is called.</summary>
    public Task<CancellationToken> Started => _started.Task;

    public async ValueTask<string> CreateAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        _started.TrySetResult(cancellationToken);
        return await _result.Task.WaitAsync(cancellationToken);
    }

    public void Return(string value) => _result.SetResult(value);

    public void Throw(Exception exception) => _result.SetException(exception);
}
