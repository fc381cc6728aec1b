using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>
/// What is done for pending creations apart from their callers, since nothing of the application may hold up a connection's reader. It
/// runs in the execution context of the caller who started it, and whoever begins first carries it out: the thread pool, a thread of
/// <see cref="HandOver"/>, or a blocked caller.
/// </summary>
internal sealed class CreationWork(Func<ValueTask> run, PendingCreations creations, params PendingCreation[] served) : IThreadPoolWorkItem
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private int _hasBegun;

    /// <summary>Whether a thread may carry it out that has a context of its own.</summary>
    public bool HasContext => _context is not null;

    /// <summary>Has the work carried out. A failure reaches those who wait for the creations.</summary>
    public void Start()
    {
        foreach (var creation in served)
        {
            creation.Work = this;
        }

        try
        {
            HandOver.Shared.Queue(this);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Carries the work out, up to where it waits for something, unless somebody has begun it.</summary>
    public void Execute()
    {
        if (Interlocked.Exchange(ref _hasBegun, 1) != 0)
        {
            return;
        }

        if (_context is null)
        {
            Run();
        }
        else
        {
            ExecutionContext.Run(_context, static work => ((CreationWork)work!).Run(), this);
        }
    }

    private void Run() => _ = RunAsync();

    private async Task RunAsync()
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        foreach (var creation in served)
        {
            creations.Fail(creation, exception);
        }
    }
}
