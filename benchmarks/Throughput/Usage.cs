using System.Diagnostics;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Processor time and allocations from a moment on.</summary>
internal sealed class Usage
{
    private readonly IReadOnlyList<ServerProcess> _servers;
    private readonly TimeSpan _client;
    private readonly TimeSpan _server;
    private readonly long _bytes;

    public Usage(IReadOnlyList<ServerProcess> servers)
    {
        GC.Collect();
        _servers = servers;
        _server = ServerTime();
        _bytes = GC.GetTotalAllocatedBytes(precise: true);
        _client = ClientTime();
    }

    /// <summary>This process' time since then.</summary>
    public TimeSpan Client => ClientTime() - _client;

    /// <summary>The servers' time since then.</summary>
    public TimeSpan Server => ServerTime() - _server;

    /// <summary>What this process has allocated since then.</summary>
    public long Bytes => GC.GetTotalAllocatedBytes(precise: true) - _bytes;

    private static TimeSpan ClientTime()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private TimeSpan ServerTime() => _servers.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.CpuTime);
}
