namespace TypedCache.Creation;

/// <summary>Cancels a creation of many values when nobody waits for any of them any more. Disposed, it listens no more.</summary>
internal sealed class AbandonedTogether : IDisposable
{
    private readonly CancellationTokenSource _all = new();
    private readonly List<CancellationTokenRegistration> _registrations = [];
    private int _left;

    public AbandonedTogether(IEnumerable<PendingCreation> creations)
    {
        PendingCreation[] all = [.. creations];
        _left = all.Length;
        foreach (var creation in all)
        {
            _registrations.Add(creation.Abandoned.UnsafeRegister(static state => ((AbandonedTogether)state!).Leave(), this));
        }
    }

    public CancellationToken Token => _all.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _all.Cancel();
        }
    }
}
