using TypedCache.Tool.Keys;
using TypedCache.Tool.Servers;

namespace TypedCache.Tool.Watching;

/// <summary>Watches all servers at once, and gives what happens to the keys that are wanted, one event at a time.</summary>
/// <param name="filter">Which keys are wanted.</param>
/// <param name="take">Takes each event, with the key's bytes and its pattern; false: that was enough.</param>
internal sealed class ClusterWatcher(KeyFilter filter, ClusterWatcher.TakeEvent take) : IDisposable
{
    private const string Streams = "fetchers mutations evictions";

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _enough = new();
    private long _skipped;

    /// <summary>Takes an event.</summary>
    internal delegate bool TakeEvent(string server, in WatchedEvent found, ReadOnlySpan<byte> key, string? pattern);

    /// <summary>How many events the servers have left out.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Watches until it is cancelled, or has enough.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="failed">Is told why a server is not watched, or no longer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False: no server could be watched.</returns>
    public async Task<bool> RunAsync(IReadOnlyCollection<MemcachedServer> servers, Action<string> failed, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _enough.Token);
        var watched = await Task.WhenAll(servers.Select(server => WatchAsync(server, failed, end.Token)));
        return watched.Any(isWatched => isWatched);
    }

    public void Dispose() => _enough.Dispose();

    // True: it was watched until the end.
    private async Task<bool> WatchAsync(MemcachedServer server, Action<string> failed, CancellationToken cancellationToken)
    {
        try
        {
            await WatchStream.ReadAsync(server, Streams, Take, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (ServerException exception)
        {
            failed(exception.Message);
            return false;
        }
    }

    private void Take(MemcachedServer server, ReadOnlySpan<byte> line)
    {
        if (!WatchedEvent.TryRead(line, out var found))
        {
            Interlocked.Add(ref _skipped, WatchStream.SkippedIn(line));
            return;
        }

        var encoded = found.Key[..Math.Min(found.Key.Length, EncodedKey.MaxLength)];
        Span<byte> buffer = stackalloc byte[EncodedKey.MaxLength];
        ReadOnlySpan<byte> key = buffer[..EncodedKey.Decode(encoded, buffer)];
        lock (_lock)
        {
            if (!_enough.IsCancellationRequested && filter.Takes(key, out var pattern) && !take(server.Name, found, key, pattern))
            {
                _enough.Cancel();
            }
        }
    }
}
