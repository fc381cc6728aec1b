using System.Globalization;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Asks the servers of a pool for their statistics, every few seconds while somebody looks. The next time waits for the last one.</summary>
/// <param name="pool">The pool.</param>
/// <param name="time">The clock.</param>
/// <param name="ended">Cancelled when nobody looks any more.</param>
internal sealed class StatisticsPoll(MemcachedPool pool, TimeProvider time, CancellationToken ended)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private volatile Dictionary<MemcachedServer, ServerFigures> _figures = [];
    private Task _asking = Task.CompletedTask;
    private long? _asked;

    /// <summary>What a server said; null: nothing.</summary>
    public ServerFigures? Of(MemcachedServer server) => _figures.GetValueOrDefault(server);

    /// <summary>Asks in the background, if it is time.</summary>
    public void AskIfDue()
    {
        if (_asking.IsCompleted && !(_asked is { } last && time.GetElapsedTime(last) < Interval))
        {
            _asked = time.GetTimestamp();
            _asking = AskAsync();
        }
    }

    private async Task AskAsync()
    {
        try
        {
            var figures = new Dictionary<MemcachedServer, ServerFigures>();
            foreach (var reply in await pool.GetStatsAsync(cancellationToken: ended).ConfigureAwait(false))
            {
                if (reply.Value is { } statistics)
                {
                    figures[reply.Server] = new ServerFigures(
                        Number(statistics, "curr_items"), Number(statistics, "bytes"), Number(statistics, "limit_maxbytes"), Number(statistics, "evictions"));
                }
            }

            _figures = figures;
        }
        catch (Exception)
        {
            // Nobody looks any more, the pool has ended, or its servers are not known yet.
        }
    }

    private static long? Number(IReadOnlyDictionary<string, string> statistics, string name) =>
        statistics.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What a server says of itself; null: it does not.</summary>
/// <param name="Items">How many items it holds.</param>
/// <param name="Bytes">How much memory they take.</param>
/// <param name="Limit">How much they may take.</param>
/// <param name="Evictions">How many it has removed for want of memory.</param>
internal sealed record ServerFigures(long? Items, long? Bytes, long? Limit, long? Evictions);
