using System.Diagnostics;
using TypedCache.Tool.Servers;

namespace TypedCache.Tool.Live;

/// <summary>Measures how long a request takes to a server and back, on a connection of its own that nobody else waits for.</summary>
/// <param name="server">The server.</param>
internal sealed class LatencyProbe(MemcachedServer server) : IDisposable
{
    private const int Trips = 5;
    private static readonly byte[] Request = [.. "version\r\n"u8];

    private ServerConnection? _connection;

    /// <summary>The median of a few round trips in milliseconds; null: the server cannot be asked.</summary>
    public async Task<double?> MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await ServerConnection.OpenAsync(server, cancellationToken);
            var times = new double[Trips];
            for (var i = 0; i < Trips; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await _connection.AskAsync(Request, cancellationToken);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            Array.Sort(times);
            return times[Trips / 2];
        }
        catch (ServerException)
        {
            Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
