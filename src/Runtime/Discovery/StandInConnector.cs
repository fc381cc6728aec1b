using TypedCache.Transport;

namespace TypedCache.Discovery;

/// <summary>
/// Stands for the servers of a pool that does not know them yet: operations wait here as for a connection, and go on to the servers when
/// these take its place. It opens nothing.
/// </summary>
/// <param name="list">Whether there are servers.</param>
/// <param name="settings">For how long operations wait.</param>
internal sealed class StandInConnector(FirstList list, LinkSettings settings) : ChannelConnector
{
    // What waits is to be told why before its own time is over.
    private const double ShareOfOperationTimeout = 0.8;

    public override ByteChannel Open(ConnectDeadline deadline)
    {
        var longest = settings.Limits.OperationTimeout * ShareOfOperationTimeout;
        var limit = deadline.Within(longest < deadline.Length ? longest : deadline.Length);
        try
        {
            limit.Wait(static time =>
            {
                Thread.Sleep(time);
                return false;
            });
        }
        catch (TimeoutException)
        {
            // Its message would speak of a connection.
        }

        throw new MemcachedConnectionException($"it has named no servers yet. {list.Failure?.Message ?? "It has not answered."}", list.Failure);
    }
}
