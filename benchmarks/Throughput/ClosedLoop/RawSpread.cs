namespace TypedCache.Benchmarks.Throughput;

/// <summary>The ceiling for several servers: one thread which goes from socket to socket and has requests in flight on each.</summary>
internal static class RawSpread
{
    public static void Run(IReadOnlyList<int> ports, int size, long operations, int inFlight)
    {
        RawPipeline[] lines = [.. ports.Select(port => RawPipeline.Get(port, size))];
        foreach (var line in lines)
        {
            line.Ask(inFlight / lines.Length);
        }

        for (long answered = 0; answered < operations;)
        {
            foreach (var line in lines)
            {
                answered += line.Turn();
            }
        }

        Array.ForEach(lines, line => line.Dispose());
    }
}
