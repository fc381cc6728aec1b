namespace TypedCache.Transport;

/// <summary>Holds sends back on the current thread while it queues many requests, so that they leave in one send per connection.</summary>
internal sealed class SendBatch
{
    [ThreadStatic]
    private static SendBatch? t_batch;

    private readonly List<ServerConnection> _touched = [];
    private int _depth;

    /// <summary>The batch that is open on this thread.</summary>
    public static SendBatch? Current => t_batch is { _depth: > 0 } batch ? batch : null;

    /// <summary>Opens a batch, or joins the one that is open. Each call needs one <see cref="End"/>.</summary>
    public static SendBatch Begin()
    {
        var batch = t_batch ??= new SendBatch();
        batch._depth++;
        return batch;
    }

    /// <summary>Remembers a connection that has something to send.</summary>
    public void Touch(ServerConnection connection)
    {
        if (!_touched.Contains(connection))
        {
            _touched.Add(connection);
        }
    }

    /// <summary>Sends what has gathered so far.</summary>
    public void Flush()
    {
        foreach (var connection in _touched)
        {
            connection.Flush();
        }

        _touched.Clear();
    }

    /// <summary>Leaves the batch; whoever leaves last sends.</summary>
    public void End()
    {
        if (--_depth == 0)
        {
            Flush();
        }
    }
}
