using System.Text;
using TypedCache.Hashing;
using TypedCache.Protocol;

namespace TypedCache;

/// <summary>
/// Finds the server of a key: its home as long as that has not failed, else the first one in the failover order which has not
/// (pecl-memcache 8, memcache_pool.c, <c>mmc_pool_find</c>).
/// </summary>
internal sealed class OperationRouter(
    MemcachedServer[] servers, IHashStrategy strategy, FailoverSequence failover, int maxFailoverAttempts) : IOperationRouter
{
    private const int None = -1;

    /// <summary>Called with a read which has won a lease that nobody will use.</summary>
    public Action<Operation>? LeaseUnused { get; set; }

    /// <summary>Sends an operation to the server of its key, or fails it where no server can take it.</summary>
    public void Send(Operation operation) => Send(operation, failure: null);

    public void Continue(Operation operation)
    {
        operation.TriedServers = 0;
        operation.TriedBulkLink = false;
        Send(operation);
    }

    public void Reroute(Operation operation, MemcachedConnectionException failure) => Send(operation, failure);

    public void ReturnLease(Operation read) => LeaseUnused?.Invoke(read);

    /// <summary>Which server takes a key now; null if all which may have failed.</summary>
    public int? Find(ReadOnlySpan<byte> key) => Find(key, triedServers: 0) is var index and not None ? index : null;

    /// <summary>The server of a key and those which are tried after it, each once, whether or not they have failed.</summary>
    public List<int> FindOrder(ReadOnlySpan<byte> key)
    {
        var order = new List<int> { strategy.Find(key) };
        for (var attempt = 0; attempt < maxFailoverAttempts && order.Count < servers.Length; attempt++)
        {
            var index = failover.FindCandidate(strategy, key, attempt);
            if (!order.Contains(index))
            {
                order.Add(index);
            }
        }

        return order;
    }

    /// <summary>
    /// Which servers hold the copies of a value besides the one which takes its key: the first others in the failover order
    /// (pecl-memcache 8, memcache_pool.c, <c>mmc_pool_schedule_key</c>). They can be fewer than were asked for.
    /// </summary>
    public List<int> FindCopies(ReadOnlySpan<byte> key, int count)
    {
        var found = new List<int>(count);
        var home = Find(key);
        for (var attempt = 0; attempt < maxFailoverAttempts && found.Count < count; attempt++)
        {
            var index = failover.FindCandidate(strategy, key, attempt);
            if (index != home && !found.Contains(index) && servers[index].Link.IsUsable)
            {
                found.Add(index);
            }
        }

        return found;
    }

    /// <summary>The exception for a key which no server can take.</summary>
    public MemcachedConnectionException NoServer(ReadOnlySpan<byte> key, MemcachedConnectionException? failure)
    {
        var home = servers[strategy.Find(key)];
        var cause = failure ?? home.LastFailure;
        return new MemcachedConnectionException(
            $"No server can take the key '{Encoding.UTF8.GetString(key)}', whose home is {home.Name}. {cause?.Message}", cause)
        {
            Server = home.Name,
        };
    }

    private void Send(Operation operation, MemcachedConnectionException? failure)
    {
        var index = Find(operation.Key, operation.TriedServers);
        if (index == None)
        {
            operation.Fail(NoServer(operation.Key, failure));
            return;
        }

        var server = servers[index];
        operation.ServerIndex = index;
        if (!operation.TriedBulkLink && server.FindBulkLink(operation) is { } bulk)
        {
            // Where it cannot be opened, the server is not to blame yet.
            operation.TriedBulkLink = true;
            bulk.Send(operation);
            return;
        }

        operation.TriedServers |= Bit(index);
        server.Link.Send(operation);
    }

    private int Find(ReadOnlySpan<byte> key, ulong triedServers)
    {
        var home = strategy.Find(key);
        if (IsCandidate(home, triedServers))
        {
            return home;
        }

        if (servers.Length > 1)
        {
            for (var attempt = 0; attempt < maxFailoverAttempts; attempt++)
            {
                var index = failover.FindCandidate(strategy, key, attempt);
                if (IsCandidate(index, triedServers))
                {
                    return index;
                }
            }
        }

        return None;
    }

    private bool IsCandidate(int index, ulong triedServers) =>
        servers[index].Link.IsUsable && (triedServers & Bit(index)) == 0;

    // Beyond 64 servers some share a bit: one of them may be passed over once, never tried for ever.
    private static ulong Bit(int index) => 1UL << (index & 63);
}
