using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Servers;
using TypedCache.Benchmarks.Cluster.Timing;

namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>What happens in a simulation, second by second.</summary>
internal sealed class Series(EventQueue queue, KeySpace keys, int seconds)
{
    private readonly LatencyCounts[] _latencies = [.. Enumerable.Range(0, seconds).Select(_ => new LatencyCounts())];

    /// <summary>How many seconds it has.</summary>
    public int Seconds => seconds;

    public long[] Reads { get; } = new long[seconds];

    /// <summary>Reads that a cache server has answered, whichever.</summary>
    public long[] Hits { get; } = new long[seconds];

    /// <summary>Reads that got a value older than the last change whose delete had ended.</summary>
    public long[] OldReads { get; } = new long[seconds];

    public long[] Creations { get; } = new long[seconds];

    public long[] TimeOuts { get; } = new long[seconds];

    /// <summary>Bytes that were copied from one server to another.</summary>
    public long[] CopiedBytes { get; } = new long[seconds];

    /// <summary>Bytes that were created and stored.</summary>
    public long[] FilledBytes { get; } = new long[seconds];

    /// <summary>The commands of the busiest server in each second of a window, in relation to the mean of all.</summary>
    public double[] Busiest { get; } = new double[seconds];

    /// <summary>The bytes of the fullest server, in relation to the mean of all.</summary>
    public double[] Fullest { get; } = new double[seconds];

    private int Second => (int)Math.Min(queue.Now / TimeSpan.TicksPerSecond, seconds - 1);

    /// <summary>A read has ended.</summary>
    public void Read(long startedAt, bool isHit, bool isOld)
    {
        var second = (int)Math.Min(startedAt / TimeSpan.TicksPerSecond, seconds - 1);
        Reads[second]++;
        Hits[second] += isHit ? 1 : 0;
        OldReads[second] += isOld ? 1 : 0;
        _latencies[second].Add(queue.Now - startedAt);
    }

    public void Created() => Creations[Second]++;

    public void TimedOut() => TimeOuts[Second]++;

    public void Copied(int rank) => CopiedBytes[Second] += SizeOf(rank);

    public void Filled(int rank) => FilledBytes[Second] += SizeOf(rank);

    /// <summary>The time within which a part of the reads of some seconds ended, in milliseconds.</summary>
    public double Latency(int from, int to, double part)
    {
        var sum = new LatencyCounts();
        for (var second = from; second < to; second++)
        {
            sum.Add(_latencies[second]);
        }

        return sum.Quantile(part);
    }

    /// <summary>Notes the load of the servers since the last time.</summary>
    /// <param name="servers">The servers in use.</param>
    /// <param name="before">How many commands each of all servers had executed then, by its number; brought up to date.</param>
    /// <param name="from">The second that began then.</param>
    /// <param name="to">The second that begins now.</param>
    public void NoteServers(IReadOnlyList<CacheServer> servers, long[] before, int from, int to)
    {
        long mostCommands = 0, allCommands = 0, mostBytes = 0, allBytes = 0;
        foreach (var server in servers)
        {
            var commands = server.Commands - before[server.Id];
            before[server.Id] = server.Commands;
            (mostCommands, allCommands) = (Math.Max(mostCommands, commands), allCommands + commands);
            (mostBytes, allBytes) = (Math.Max(mostBytes, server.Bytes), allBytes + server.Bytes);
        }

        Busiest.AsSpan(from..to).Fill((double)mostCommands * servers.Count / Math.Max(1, allCommands));
        Fullest.AsSpan(from..to).Fill((double)mostBytes * servers.Count / Math.Max(1, allBytes));
    }

    private long SizeOf(int rank) => CacheServer.SizeOf(keys[rank], KeySpace.ValueOf(rank));
}
