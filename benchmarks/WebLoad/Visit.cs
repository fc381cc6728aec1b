using System.Diagnostics;

namespace TypedCache.Benchmarks.WebLoad;

/// <summary>Visitors who ask again as soon as they have their answer, all of them on one thread.</summary>
internal sealed class Visit : IDisposable
{
    private readonly Visitor[] _visitors;
    private readonly Throughput.Epoll _epoll;

    public Visit(int port, string path, int connections)
    {
        _visitors = [.. Enumerable.Range(0, connections).Select(_ => new Visitor(port, path))];
        _epoll = new Throughput.Epoll([.. _visitors.Select(visitor => visitor.Socket)]);
        Array.ForEach(_visitors, visitor => visitor.Ask());
    }

    /// <summary>Goes on for a time.</summary>
    /// <returns>How long each answer took, in ticks.</returns>
    public List<long> Run(TimeSpan duration)
    {
        var latencies = new List<long>(1 << 20);
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < duration)
        {
            var ready = _epoll.Wait();
            for (var position = 0; position < ready; position++)
            {
                var visitor = _visitors[_epoll.Ready(position)];
                if (visitor.Take() is { } latency)
                {
                    latencies.Add(latency);
                    visitor.Ask();
                }
            }
        }

        return latencies;
    }

    public void Dispose()
    {
        _epoll.Dispose();
        Array.ForEach(_visitors, visitor => visitor.Dispose());
    }
}
