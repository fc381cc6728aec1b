namespace TypedCache.Benchmarks.Throughput;

/// <summary>One way to answer requests which start at their own times.</summary>
/// <param name="Name">How the table calls it.</param>
/// <param name="Servers">Whose processor time counts as the servers'.</param>
/// <param name="Open">Makes what starts a range of requests, and completes each of them in the log.</param>
internal sealed record OpenLoopContender(string Name, IReadOnlyList<ServerProcess> Servers, Func<LatencyLog, Action<int, int>> Open)
{
    /// <summary>
    /// Starts each request when it is due, from one thread which awaits none of them. When it is late, it starts all that are due.
    /// </summary>
    public Task RunAsync(LatencyLog log)
    {
        var start = Open(log);
        new Thread(() => Start(log, start)) { IsBackground = true, Name = "open loop" }.Start();
        return log.Answered;
    }

    private static void Start(LatencyLog log, Action<int, int> start)
    {
        PreciseSleep.PrepareThread();
        log.Begin();
        for (var started = 0; started < log.Operations;)
        {
            var due = log.Due();
            if (due > started)
            {
                start(started, due - started);
                started = due;
            }
            else
            {
                PreciseSleep.Sleep();
            }
        }
    }
}
