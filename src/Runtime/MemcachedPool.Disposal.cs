using System.Runtime.CompilerServices;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>For how long replies are awaited, in milliseconds: hundreds of round trips, and little in the end of a process.</summary>
    internal int LongestFarewell { get; set; } = 500;

    /// <summary>Whether the pool has been disposed, or is being disposed: operations throw <see cref="ObjectDisposedException"/>.</summary>
    public bool IsDisposed => _sender.IsClosed;

    /// <summary>
    /// Ends the pool: later operations throw <see cref="ObjectDisposedException"/>. Those who wait for a value being created get the
    /// same, create functions are cancelled, and the leases of what they create are given back, so that another process can create at
    /// once. Replies under way are awaited for half a second at most; then the connections are closed, and operations that are still
    /// pending end with <see cref="ObjectDisposedException"/> too.
    /// </summary>
    public void Dispose()
    {
        SayFarewell();
        if (_loops.AwaitsReplies)
        {
            ReplyLoop.BeforeBlocking();
            AwaitReplies();
        }

        Close();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        SayFarewell();
        GC.SuppressFinalize(this);
        if (_loops.AwaitsReplies)
        {
            return CloseLaterAsync();
        }

        Close();
        return ValueTask.CompletedTask;
    }

    // The leases of lease keys can only be given back while operations are sent by key.
    private void SayFarewell()
    {
        _broker.Dispose();
        _sender.Close();
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask CloseLaterAsync()
    {
        await HandOver.Shared.SwitchAsync();
        AwaitReplies();
        Close();
    }

    // Among them are the leases that reads are about to win, and the answers to those that are given back. Callers who go on with a reply
    // may ask once more: they count too, and the second look is for what they do.
    private void AwaitReplies()
    {
        var end = Environment.TickCount64 + LongestFarewell;
        for (var quiet = 0; quiet < 2 && Environment.TickCount64 < end; quiet = _loops.IsBusy ? 0 : quiet + 1)
        {
            Thread.Sleep(1);
        }
    }

    private void Close()
    {
        ObservedPools.Remove(_telemetry);
        EndDiscovery();
        _servers.Dispose();
    }
}
