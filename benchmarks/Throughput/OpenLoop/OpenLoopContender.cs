namespace TypedCache.Benchmarks.Throughput;

/// <summary>One way to answer requests which start at their own times.</summary>
/// <param name="Name">How the table calls it.</param>
/// <param name="Servers">Whose processor time counts as the servers'.</param>
/// <param name="Open">Makes what starts a range of requests, and completes each of them in the log.</param>
internal sealed record OpenLoopContender(string Name, IReadOnlyList<ServerProcess> Servers, Func<LatencyLog, Action<int, int>> Open)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Starts each request when it is due, from one thread which awaits none of them. When it is late, it starts all that are due.
    /// </summary>
    /// <exception cref="TimeoutException">Requests were never answered.</exception>
    public async Task RunAsync(LatencyLog log)
    {
        var start = Open(log);
        new Thread(() => Start(log, start)) { IsBackground = true, Name = "open loop" }.Start();
        try
        {
            await log.Answered.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name}: {log.Open:N0} of {log.Operations:N0} requests have no answer after {Patience.TotalSeconds} seconds.");
        }
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
