using TypedCache.Tool.Keys;
using TypedCache.Tool.Patterns;
using TypedCache.Tool.Servers;
using TypedCache.Tool.Watching;

namespace TypedCache.Tool.Live;

/// <summary>Finds out which patterns are read most, by watching for a moment. Servers are watched no longer than that, since it costs them time.</summary>
/// <param name="patterns">The patterns.</param>
/// <param name="count">How many are wanted.</param>
internal sealed class HotPatterns(PatternTable<ReadCount> patterns, int count)
{
    private const string None = "(no pattern)";

    private readonly Lock _lock = new();
    private readonly ReadCount _unmatched = new();

    /// <summary>Watches for a while.</summary>
    /// <param name="servers">The servers. Those that cannot be watched are left out.</param>
    /// <param name="window">For how long.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The patterns that are read most.</returns>
    public async Task<IReadOnlyList<HotPattern>> SampleAsync(IEnumerable<MemcachedServer> servers, TimeSpan window, CancellationToken cancellationToken)
    {
        foreach (var (_, reads) in patterns.Counts)
        {
            reads.Clear();
        }

        _unmatched.Clear();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(window);
        await Task.WhenAll(servers.Select(server => WatchAsync(server, end.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        return Hottest();
    }

    private async Task WatchAsync(MemcachedServer server, CancellationToken cancellationToken)
    {
        try
        {
            await WatchStream.ReadAsync(server, "fetchers", Count, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ServerException)
        {
        }
    }

    private void Count(MemcachedServer server, ReadOnlySpan<byte> line)
    {
        if (!WatchedEvent.TryRead(line, out var read) || read.Kind != WatchedKind.Get)
        {
            return;
        }

        var encoded = read.Key[..Math.Min(read.Key.Length, EncodedKey.MaxLength)];
        Span<byte> buffer = stackalloc byte[EncodedKey.MaxLength];
        ReadOnlySpan<byte> key = buffer[..EncodedKey.Decode(encoded, buffer)];
        lock (_lock)
        {
            (patterns.Find(key) ?? _unmatched).Add(read.IsHit);
        }
    }

    private List<HotPattern> Hottest()
    {
        var all = patterns.Counts.Append(new(None, _unmatched)).Where(pattern => pattern.Value.Reads > 0).ToList();
        var total = all.Sum(pattern => pattern.Value.Reads);
        return
        [
            .. all.OrderByDescending(pattern => pattern.Value.Reads).ThenBy(pattern => pattern.Key, StringComparer.Ordinal).Take(count)
                .Select(pattern => new HotPattern(pattern.Key, (double)pattern.Value.Reads / total, (double)pattern.Value.Hits / pattern.Value.Reads)),
        ];
    }
}
