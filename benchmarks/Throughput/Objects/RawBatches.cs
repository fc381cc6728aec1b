using System.Text;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>
/// The ceiling for batches: one thread with a connection to each server, which asks for each caller's next batch when all parts of the
/// last one are there. It compares the replies and decodes nothing.
/// </summary>
internal sealed class RawBatches : IDisposable
{
    private readonly RawBatchLine[] _lines;
    private readonly RawBatch[][] _batches;
    private readonly int[] _missing;
    private readonly Epoll _epoll;

    /// <param name="pool">Knows which server holds a key.</param>
    /// <param name="keys">The keys of each caller's batch.</param>
    public RawBatches(MemcachedPool pool, string[][] keys)
    {
        int[] ports = [.. pool.Servers.Select(server => server.Port)];
        _lines = [.. ports.Select(port => new RawBatchLine(port))];
        _batches = [.. keys.Select(batch => Split(batch, key => Array.IndexOf(ports, pool.FindServer(key).Port)))];
        _missing = new int[keys.Length];
        _epoll = new Epoll([.. _lines.Select(line => line.Socket)]);
        foreach (var batch in _batches.SelectMany(batch => batch))
        {
            batch.Learn(_lines[batch.Line].Socket);
        }
    }

    public void Run(long batches)
    {
        for (var caller = 0; caller < _batches.Length; caller++)
        {
            Ask(caller);
        }

        var callers = new List<int>();
        for (long answered = 0; answered < batches;)
        {
            Array.ForEach(_lines, line => line.Send());
            Take(callers);
            answered += Continue(callers);
        }
    }

    public void Dispose()
    {
        _epoll.Dispose();
        Array.ForEach(_lines, line => line.Dispose());
    }

    private static RawBatch[] Split(string[] keys, Func<string, int> find) =>
        [.. keys.GroupBy(find).Select(part => new RawBatch(part.Key, Encoding.ASCII.GetBytes($"get {string.Join(' ', part)}\r\n")))];

    private void Ask(int caller)
    {
        _missing[caller] = _batches[caller].Length;
        foreach (var batch in _batches[caller])
        {
            _lines[batch.Line].Ask(caller, batch);
        }
    }

    private void Take(List<int> callers)
    {
        callers.Clear();
        var ready = _epoll.Wait();
        for (var position = 0; position < ready; position++)
        {
            _lines[_epoll.Ready(position)].Take(callers);
        }
    }

    private int Continue(List<int> callers)
    {
        var done = 0;
        foreach (var caller in callers)
        {
            if (--_missing[caller] == 0)
            {
                Ask(caller);
                done++;
            }
        }

        return done;
    }
}
