namespace TypedCache.FusionCache;

/// <summary>A lock that one caller asks for, and has until it gives it back.</summary>
internal sealed class HeldLock(LockItems items, string name)
{
    private ITimer? _renewal;

    public string Name { get; } = name;

    /// <summary>What the lock's item holds as long as the lock is this one.</summary>
    public string Token { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Extends the lock while it is held: a factory may take longer than a holder that has died keeps its lock.</summary>
    public void KeepAlive(TimeProvider time)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _renewal = time.CreateTimer(static held => _ = ((HeldLock)held!).ExtendAsync(), this, items.Renewal, items.Renewal);
        }
    }

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        _renewal?.Dispose();
        var read = await items.ReadAsync(Name, cancellationToken).ConfigureAwait(false);
        if (IsMine(read))
        {
            await items.DeleteAsync(Name, read.Cas, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Release(CancellationToken cancellationToken)
    {
        _renewal?.Dispose();
        var read = LockItems.Block(items.ReadAsync(Name, cancellationToken));
        if (IsMine(read))
        {
            LockItems.Block(items.DeleteAsync(Name, read.Cas, cancellationToken));
        }
    }

    /// <summary>Gives the lock back, if it was taken at all. Nobody waits for that.</summary>
    public void ReleaseLater() => _ = TryAsync(ReleaseAsync(CancellationToken.None));

    private static async Task TryAsync(ValueTask operation)
    {
        try
        {
            await operation.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            // The lock ends by itself.
        }
    }

    private bool IsMine(CacheValue<string> read) => read.Found && read.Value == Token;

    private Task ExtendAsync() => TryAsync(ExtendOnceAsync());

    // One that is lost stays lost. A release may come in between; the item has changed then, and stays gone.
    private async ValueTask ExtendOnceAsync()
    {
        var read = await items.ReadAsync(Name, CancellationToken.None).ConfigureAwait(false);
        if (!IsMine(read) || await items.ExtendAsync(Name, read, CancellationToken.None).ConfigureAwait(false) != CasResult.Stored)
        {
            _renewal?.Dispose();
        }
    }
}
