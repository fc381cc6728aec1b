namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Looks at the servers of a pool.</summary>
/// <param name="pool">The pool.</param>
/// <param name="name">What it is called.</param>
/// <param name="recorder">What has been recorded.</param>
/// <param name="time">The clock.</param>
/// <param name="ended">Cancelled when nobody looks any more.</param>
internal sealed class ServerSampler(MemcachedPool pool, string name, Recorder recorder, TimeProvider time, CancellationToken ended)
{
    // A message can be as long as what a server has answered.
    private const int MaxFailureLength = 300;

    private readonly KeyShares _shares = new(pool);
    private readonly StatisticsPoll _statistics = new(pool, time, ended);

    /// <summary>Looks.</summary>
    public PoolView Take()
    {
        _shares.Update();
        var views = new List<ServerView>();
        foreach (var server in (MemcachedServer[])[.. pool.Servers, .. pool.Spares])
        {
            views.Add(ViewOf(server));
        }

        // Where the application has servers asked for metrics already, they are not asked twice.
        if (!pool.Servers.Any(server => recorder.Items[ServerKey.Of(server)] is not null))
        {
            _statistics.AskIfDue();
        }

        return new PoolView(name, pool.TopologyVersion, PhaseOf(pool.MovePhase), [.. views]);
    }

    private ServerView ViewOf(MemcachedServer server)
    {
        var key = ServerKey.Of(server);
        var figures = _statistics.Of(server);
        return new ServerView
        {
            Name = server.Name,
            State = StateOf(server.State),
            Sick = server.IsSick,
            Spare = server.IsSpare,
            Zone = server.Zone,
            Weight = server.Weight,
            Failure = server.State == ServerState.Failed ? Shortened(server.LastFailure?.Message) : null,
            Share = _shares[server],
            Items = recorder.Items[key] ?? figures?.Items,
            Bytes = recorder.Memory[key] ?? figures?.Bytes,
            Limit = recorder.MemoryLimit[key] ?? figures?.Limit,
            Evictions = recorder.Evictions[key] ?? figures?.Evictions,
            Missed = server.MissedDeletes,
            InFlight = recorder.InFlight[key],
            Received = recorder.Received[key],
            Sent = recorder.Sent[key],
            TakenOver = recorder.Failovers[key],
            Failures = recorder.Failures[key],
        };
    }

    private static string? Shortened(string? message) => message is { Length: > MaxFailureLength } ? $"{message[..MaxFailureLength]}..." : message;

    private static string StateOf(ServerState state) => state switch
    {
        ServerState.Connected => "connected",
        ServerState.Disconnected => "idle",
        ServerState.Failed => "failed",
        ServerState.Draining => "draining",
        _ => "removed",
    };

    private static string PhaseOf(ServerMovePhase phase) => phase switch
    {
        ServerMovePhase.Prepare => "prepare",
        ServerMovePhase.WarmUp => "warm-up",
        ServerMovePhase.Closing => "closing",
        ServerMovePhase.CleanUp => "clean-up",
        _ => "none",
    };
}
