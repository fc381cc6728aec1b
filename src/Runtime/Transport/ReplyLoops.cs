namespace TypedCache.Transport;

/// <summary>
/// The threads of a pool which read replies. Sockets share them; a channel which cannot be waited for together with others
/// (TLS, an embedded server) has one of its own.
/// </summary>
/// <param name="shared">How many loops the sockets share.</param>
internal sealed class ReplyLoops(int shared)
{
    private readonly Lock _gate = new();
    private readonly ReplyLoop[] _shared = [.. Enumerable.Range(1, shared).Select(static number => new ReplyLoop($"memcached {number}"))];
    private volatile ReplyLoop[] _own = [];

    /// <summary>Whether any caller waits for a reply or for its continuation.</summary>
    public bool IsBusy => Array.Exists(_shared, static loop => loop.IsBusy) || Array.Exists(_own, static loop => loop.IsBusy);

    /// <summary>
    /// How many loops serve a number of servers best: more of them share the work among processors, fewer make larger batches.
    /// Half of the processors is left to those who call.
    /// </summary>
    public static int CountFor(int servers) => Math.Clamp(Environment.ProcessorCount / 2, 1, servers);

    /// <summary>Reads for a connection from now on, until its channel ends.</summary>
    public void Add(ServerConnection connection)
    {
        lock (_gate)
        {
            if (connection.Channel.Socket is null)
            {
                var own = new ReplyLoop($"memcached {connection.Server}");
                own.Add(connection);
                _own = [.. _own.Where(static loop => loop.Count > 0 || loop.IsBusy), own];
            }
            else
            {
                _shared.MinBy(static loop => loop.Count)!.Add(connection);
            }
        }
    }

    /// <summary>Looks after all connections from time to time.</summary>
    public void Check(long now)
    {
        foreach (var loop in _shared)
        {
            loop.Check(now);
        }

        foreach (var loop in _own)
        {
            loop.Check(now);
        }
    }
}
