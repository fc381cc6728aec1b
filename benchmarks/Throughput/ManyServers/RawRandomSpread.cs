namespace TypedCache.Benchmarks.Throughput;

/// <summary>
/// The ceiling for callers who choose their server themselves: one thread which reads all sockets that have replies, and for each
/// reply asks a server at random, with one send for each server and round.
/// </summary>
internal sealed class RawRandomSpread : IDisposable
{
    private readonly RawPipeline[] _lines;
    private readonly int[] _toAsk;
    private readonly Epoll _epoll;
    private uint _random = 2463534242;

    public RawRandomSpread(IReadOnlyList<int> ports, int size)
    {
        _lines = [.. ports.Select(port => RawPipeline.Get(port, size))];
        _toAsk = new int[_lines.Length];
        _epoll = new Epoll([.. _lines.Select(line => line.Socket)]);
    }

    public void Run(long operations, int inFlight)
    {
        Choose(inFlight);
        Ask();
        for (long answered = 0; answered < operations;)
        {
            var replies = Take();
            answered += replies;
            Choose(replies);
            Ask();
        }
    }

    public void Dispose()
    {
        _epoll.Dispose();
        Array.ForEach(_lines, line => line.Dispose());
    }

    private int Take()
    {
        var replies = 0;
        var ready = _epoll.Wait();
        for (var position = 0; position < ready; position++)
        {
            replies += _lines[_epoll.Ready(position)].Take();
        }

        return replies;
    }

    private void Choose(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            // Marsaglia's xorshift: good enough to choose, and too quick to be seen.
            _random ^= _random << 13;
            _random ^= _random >> 17;
            _random ^= _random << 5;
            _toAsk[_random % _toAsk.Length]++;
        }
    }

    private void Ask()
    {
        for (var server = 0; server < _lines.Length; server++)
        {
            if (_toAsk[server] > 0)
            {
                _lines[server].Ask(_toAsk[server]);
                _toAsk[server] = 0;
            }
        }
    }
}
