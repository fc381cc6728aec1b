namespace TypedCache.Testing.Tests;

/// <summary>The slow source behind the cache: counts how often it is asked, and answers or fails when it is told to.</summary>
internal sealed class Creator
{
    private int _count;
    private volatile TaskCompletionSource? _gate;

    public int Count => Volatile.Read(ref _count);

    public bool Fails { get; set; }

    public void Block() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Unblock() => _gate!.SetResult();

    /// <summary>Creates a product whose price is the number of the call.</summary>
    public async ValueTask<Product> CreateAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _count);
        if (_gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        return Fails ? throw new InvalidOperationException("The database is down.") : new Product("Lamp", number);
    }
}
